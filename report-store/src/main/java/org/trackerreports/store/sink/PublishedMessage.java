package org.trackerreports.store.sink;

import java.time.Instant;
import java.util.Objects;

/**
 * The newest position that a sink has published of a tracker.
 *
 * @param tracker as it was then
 * @param eventTime the time of the report
 * @param message what was published; it contains coordinates
 */
public record PublishedMessage(TrackerLabels tracker, Instant eventTime, String message) {

    public PublishedMessage {
        Objects.requireNonNull(tracker, "tracker");
        Objects.requireNonNull(eventTime, "eventTime");
        Objects.requireNonNull(message, "message");
    }

    @Override
    public String toString() {
        return "PublishedMessage[tracker=" + tracker.id() + ", eventTime=" + eventTime + "]";
    }
}

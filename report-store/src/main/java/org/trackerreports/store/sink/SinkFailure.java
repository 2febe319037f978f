package org.trackerreports.store.sink;

import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;

/**
 * An event that a sink refused.
 *
 * @param event its id
 * @param place where it stood in the feed
 * @param subject what it was about, so that it can be found again
 * @param status of the answer; 0 if the protocol has none
 * @param answer the beginning of what the sink answered
 * @param failedAt when it was given up
 * @param again whether it is to be sent again
 */
public record SinkFailure(
        String event, String place, Subject subject, int status, String answer, Instant failedAt, boolean again) {

    /** What an event is about. */
    public enum Kind {
        REPORT,
        TRANSITION,
        EVENT;

        /** The word in the database. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What an event is about.
     *
     * @param eventTime when it happened
     * @param reference the digest of a report, or the id of a transition or event
     * @param number the batch of a report, negative if it was revised, or the revision of a transition
     */
    public record Subject(Kind kind, long trackerId, Instant eventTime, UUID reference, long number) {

        public Subject {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(eventTime, "eventTime");
            Objects.requireNonNull(reference, "reference");
        }
    }

    public SinkFailure {
        Objects.requireNonNull(event, "event");
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(answer, "answer");
        Objects.requireNonNull(failedAt, "failedAt");
    }
}

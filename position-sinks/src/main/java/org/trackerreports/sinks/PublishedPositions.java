package org.trackerreports.sinks;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a sink has to remember if it shows the newest position of each tracker: which one it showed last. Without it, an older report that
 * comes late would replace a newer one, also after a restart. An application keeps this in its database. Thread-safe.
 */
public interface PublishedPositions {

    /**
     * What was shown last of a tracker.
     *
     * @param tracker as it was then
     * @param eventTime the time of the report
     * @param state the message that was published; it contains coordinates
     */
    record Published(SightedTracker tracker, Instant eventTime, String state) {

        public Published {
            Objects.requireNonNull(tracker, "tracker");
            Objects.requireNonNull(eventTime, "eventTime");
            Objects.requireNonNull(state, "state");
        }

        @Override
        public String toString() {
            return "Published[tracker=" + tracker.id() + ", eventTime=" + eventTime + "]";
        }
    }

    /** What was shown last of a tracker. */
    Optional<Published> find(long trackerId);

    /** What was shown last of each tracker. */
    List<Published> all();

    /** Remembers what is shown now. */
    void save(Published published);

    /** Forgets a tracker. */
    void remove(long trackerId);

    /** Remembers until the program ends. */
    static PublishedPositions inMemory() {
        return new PublishedInMemory();
    }
}

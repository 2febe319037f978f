package org.trackerreports.store.view;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * In which order trackers are listed, and after which one. A {@code switch} over {@link #kind} is complete.
 */
public sealed interface TrackerOrder {

    /** Which order. */
    enum Kind {
        NAME,
        NEWEST
    }

    Kind kind();

    /**
     * By name.
     *
     * @param after empty from the beginning
     */
    record ByName(String after) implements TrackerOrder {

        public ByName {
            Objects.requireNonNull(after, "after");
        }

        @Override
        public Kind kind() {
            return Kind.NAME;
        }
    }

    /**
     * The newest position first; trackers without a position last.
     *
     * @param after empty from the beginning
     */
    record Newest(Optional<Place> after) implements TrackerOrder {

        /**
         * Where a tracker is in this order.
         *
         * @param seen the time of its position; empty without one
         */
        public record Place(Optional<Instant> seen, long trackerId) {}

        public Newest {
            Objects.requireNonNull(after, "after");
        }

        @Override
        public Kind kind() {
            return Kind.NEWEST;
        }
    }
}

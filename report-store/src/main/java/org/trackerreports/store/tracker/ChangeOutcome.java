package org.trackerreports.store.tracker;

/**
 * Result of changing a tracker.
 *
 * <p>Switch over {@link #kind} without a default branch: the compiler then reports an outcome that a new version adds.
 */
public sealed interface ChangeOutcome {

    /** One for each record. */
    enum Kind {
        CHANGED,
        UNKNOWN,
        REFUSED
    }

    /** Which outcome this is. */
    Kind kind();

    /** The change is stored, and {@link Trackers#changedSince} reports it. */
    record Changed() implements ChangeOutcome {

        @Override
        public Kind kind() {
            return Kind.CHANGED;
        }
    }

    /** No tracker has this id. It may have been removed. */
    record Unknown() implements ChangeOutcome {

        @Override
        public Kind kind() {
            return Kind.UNKNOWN;
        }
    }

    /**
     * Nothing changed.
     *
     * @param reason what was expected
     */
    record Refused(String reason) implements ChangeOutcome {

        @Override
        public Kind kind() {
            return Kind.REFUSED;
        }
    }
}

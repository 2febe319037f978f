package org.trackerreports.store.tracker;

import java.util.Optional;

/**
 * Result of adding one tracker.
 *
 * <p>Switch over {@link #kind} without a default branch: the compiler then reports an outcome that a new version adds.
 */
public sealed interface AddOutcome {

    /** One for each record. */
    enum Kind {
        ADDED,
        ALREADY_THERE,
        REFUSED
    }

    /** Which outcome this is. */
    Kind kind();

    /**
     * The tracker is stored.
     *
     * @param id its id; 0 in a preview
     */
    record Added(long id) implements AddOutcome {

        @Override
        public Kind kind() {
            return Kind.ADDED;
        }
    }

    /**
     * A tracker with this name and these keys exists. Nothing changed, except that its alignment may have moved forward.
     *
     * @param id the id of the existing tracker; 0 for one that the same import adds
     * @param newAlignment the alignment that it has now, if the given one was newer
     */
    record AlreadyThere(long id, Optional<Alignment> newAlignment) implements AddOutcome {

        @Override
        public Kind kind() {
            return Kind.ALREADY_THERE;
        }
    }

    /**
     * The tracker was not stored. The other trackers of the call were.
     *
     * @param reason what is wrong with it, without secrets
     * @param nameTaken whether it could be stored under another name
     */
    record Refused(String reason, boolean nameTaken) implements AddOutcome {

        @Override
        public Kind kind() {
            return Kind.REFUSED;
        }
    }
}

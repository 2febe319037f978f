package org.trackerreports.store.place;

/** What became of a change of a place. */
public sealed interface PlaceOutcome {

    /** Which of the outcomes this is. */
    enum Kind {
        STORED,
        REFUSED,
        UNKNOWN
    }

    Kind kind();

    /** It is stored. The transitions of its trackers are computed again. */
    record Stored(long id) implements PlaceOutcome {

        @Override
        public Kind kind() {
            return Kind.STORED;
        }
    }

    /**
     * It is not stored.
     *
     * @param reason what is wrong, for a person
     */
    record Refused(String reason) implements PlaceOutcome {

        @Override
        public Kind kind() {
            return Kind.REFUSED;
        }
    }

    /** There is no such place. */
    record Unknown() implements PlaceOutcome {

        @Override
        public Kind kind() {
            return Kind.UNKNOWN;
        }
    }
}

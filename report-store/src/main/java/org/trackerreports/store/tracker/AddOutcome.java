package org.trackerreports.store.tracker;

/** What became of one tracker that was to be added. */
public sealed interface AddOutcome {

    /** It is stored now. */
    record Added(long id) implements AddOutcome {}

    /** A tracker of this name with the same keys was there; nothing changed. */
    record AlreadyThere(long id) implements AddOutcome {}

    /** It was not stored; the others were. */
    record Refused(String reason) implements AddOutcome {}
}

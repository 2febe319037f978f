package org.trackerreports.store.tracker;

/** What became of a change of a tracker. */
public sealed interface ChangeOutcome {

    /** It is stored, and {@link Trackers#changedSince} tells it. */
    record Changed() implements ChangeOutcome {}

    /** There is no tracker of that id (any more). */
    record Unknown() implements ChangeOutcome {}

    /** Nothing changed; the reason says what was expected. */
    record Refused(String reason) implements ChangeOutcome {}
}

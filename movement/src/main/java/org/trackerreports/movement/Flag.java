package org.trackerreports.movement;

/** What is suspicious about a report. Flagged reports are kept. */
public enum Flag {
    /** The tracker would have moved faster than it can. */
    SPEED(true),
    /** The tracker would have been far away for a moment and come straight back. */
    SPIKE(true),
    /** Exactly 0° north, 0° east: what a finder without a position reports. */
    NULL_ISLAND(true),
    /** The finder's clock ran ahead: the report is from after its receipt. */
    FUTURE(true),
    /** The accuracy is so low that the report cannot decide where the tracker stays. */
    COARSE(false),
    /** The newest report is surprisingly far away, and no other report has confirmed it yet. */
    UNCONFIRMED(false);

    private final boolean wrong;

    Flag(boolean wrong) {
        this.wrong = wrong;
    }

    /** Whether the position is wrong and so left out; otherwise it is uncertain: shown, but decides neither stay nor place. */
    public boolean isWrong() {
        return wrong;
    }
}

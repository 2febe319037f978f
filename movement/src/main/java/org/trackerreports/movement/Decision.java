package org.trackerreports.movement;

/** What a report says about a place. */
public enum Decision {
    IN,
    OUT,
    /** Too near to the border for its accuracy, or too inaccurate for the place. */
    UNDECIDED
}

package org.trackerreports.movement;

/** Which way a tracker crossed the border of a place. */
public enum Direction {
    ENTERED,
    LEFT
}

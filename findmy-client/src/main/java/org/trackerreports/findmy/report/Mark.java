package org.trackerreports.findmy.report;

/** Something odd about a report that decrypted correctly. Marked reports are kept: what is odd to us may be right. */
public enum Mark {
    /** The latitude lies outside ±90° or the longitude outside ±180°. */
    COORDINATES_OUT_OF_RANGE,
    /** Exactly 0° north, 0° east: what a finder without a position reports. */
    NULL_ISLAND,
    /** The finder's clock ran ahead: the report is from the future. */
    TIME_IN_FUTURE
}

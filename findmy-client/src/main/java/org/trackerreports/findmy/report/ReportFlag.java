package org.trackerreports.findmy.report;

/** Why a report that decrypted correctly is implausible. Flagged reports are kept, because they may be right all the same. */
public enum ReportFlag {
    /** The latitude is outside ±90° or the longitude is outside ±180°. */
    COORDINATES_OUT_OF_RANGE,
    /** Exactly 0° north, 0° east: what a finder without a position reports. */
    NULL_ISLAND,
    /** The finder's clock ran ahead: the report is from the future. */
    FUTURE
}

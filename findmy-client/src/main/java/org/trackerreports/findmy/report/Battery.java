package org.trackerreports.findmy.report;

/** The battery class in bits 7–6 of the status byte. Source: FindMy.py {@code scanner.py}, macless-haystack's firmware. */
public enum Battery {
    /** Bits 00. */
    FULL,
    /** Bits 01. */
    MEDIUM,
    /** Bits 10. */
    LOW,
    /** Bits 11. */
    CRITICAL;

    /** The class that a status byte shows. */
    public static Battery ofStatus(int status) {
        return switch (status >> 6) {
            case 0 -> FULL;
            case 1 -> MEDIUM;
            case 2 -> LOW;
            default -> CRITICAL;
        };
    }
}

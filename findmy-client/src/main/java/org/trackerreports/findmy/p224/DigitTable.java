package org.trackerreports.findmy.p224;

/**
 * A table of points. Reading one point leaves no trace in memory accesses: it reads all entries of a window, and masks all but one.
 * Immutable after it is filled.
 */
final class DigitTable {

    /** The number of points in one window: the multiples by 1, 3, … 15. */
    static final int ENTRIES = 1 << ScalarDigits.WINDOW_BITS - 1;

    private static final int LONGS = 8;
    private static final int WINDOW = ENTRIES * LONGS;

    private final long[] limbs;

    /** An empty table for a number of windows. */
    DigitTable(int windows) {
        limbs = new long[windows * WINDOW];
    }

    /** Fills a window. */
    void put(int window, FieldElement[] xs, FieldElement[] ys) {
        int at = window * WINDOW;
        for (int entry = 0; entry < ENTRIES; entry++) {
            at = put(at, xs[entry]);
            at = put(at, ys[entry]);
        }
    }

    private int put(int at, FieldElement element) {
        limbs[at] = element.l0;
        limbs[at + 1] = element.l1;
        limbs[at + 2] = element.l2;
        limbs[at + 3] = element.l3;
        return at + 4;
    }

    /**
     * Reads the multiple by a digit.
     *
     * @param digit odd, between −15 and 15
     */
    void pick(int window, int digit, FieldElement x, FieldElement y) {
        int sign = digit >> 31;
        int wanted = (digit ^ sign) - sign >> 1;
        long x0 = 0;
        long x1 = 0;
        long x2 = 0;
        long x3 = 0;
        long y0 = 0;
        long y1 = 0;
        long y2 = 0;
        long y3 = 0;
        long[] all = limbs;
        int first = window * WINDOW;
        for (int entry = 0; entry < ENTRIES; entry++) {
            int at = first + entry * LONGS;
            // All ones for the wanted entry, otherwise 0: only 0 minus 1 is negative.
            long mask = (entry ^ wanted) - 1L >> 63;
            x0 |= all[at] & mask;
            x1 |= all[at + 1] & mask;
            x2 |= all[at + 2] & mask;
            x3 |= all[at + 3] & mask;
            y0 |= all[at + 4] & mask;
            y1 |= all[at + 5] & mask;
            y2 |= all[at + 6] & mask;
            y3 |= all[at + 7] & mask;
        }
        x.l0 = x0;
        x.l1 = x1;
        x.l2 = x2;
        x.l3 = x3;
        // A negative digit gives the opposite point. The limbs are signed, so negate each of them.
        y.l0 = (y0 ^ sign) - sign;
        y.l1 = (y1 ^ sign) - sign;
        y.l2 = (y2 ^ sign) - sign;
        y.l3 = (y3 ^ sign) - sign;
    }
}

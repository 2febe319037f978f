package org.trackerreports.server.internal.api;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers as decimals without an exponent and without zeros at the end. */
final class PlainNumbers {

    private static final int DECIMALS = 7;
    private static final long TEN_MILLION = 10_000_000;

    /** Up to here, a double differs from its neighbours long before its tenth decimal. */
    private static final double CERTAIN = 1_000_000;

    private PlainNumbers() {}

    static String of(double number) {
        long whole = (long) number;
        // Nearly all are whole metres, and a decimal of any length takes ten times as long.
        return whole == number && Math.abs(number) < CERTAIN ? Long.toString(whole) : plain(BigDecimal.valueOf(number));
    }

    /** To ten-millionths, as reports have them. */
    static String degrees(double degrees) {
        long tenMillionths = Math.round(degrees * TEN_MILLION);
        // What came from a report is the double nearest to so many ten-millionths, and so is their quotient.
        return (double) tenMillionths / TEN_MILLION == degrees && Math.abs(degrees) < CERTAIN
                ? plain(tenMillionths)
                : plain(BigDecimal.valueOf(degrees).setScale(DECIMALS, RoundingMode.HALF_EVEN));
    }

    private static String plain(long tenMillionths) {
        long size = Math.abs(tenMillionths);
        long fraction = size % TEN_MILLION;
        StringBuilder text = new StringBuilder(tenMillionths < 0 ? "-" : "");
        text.append(size / TEN_MILLION).append(fraction == 0 ? "" : ".");
        for (long unit = TEN_MILLION / 10; fraction != 0; unit /= 10) {
            text.append(fraction / unit);
            fraction %= unit;
        }
        return text.toString();
    }

    private static String plain(BigDecimal decimal) {
        return decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toPlainString();
    }
}

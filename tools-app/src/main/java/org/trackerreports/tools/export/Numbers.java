package org.trackerreports.tools.export;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Formats numbers for files: with a decimal point, without an exponent, without superfluous digits. */
final class Numbers {

    /** The resolution of a report: ten-millionths of a degree, about a centimetre. */
    private static final int DIGITS_OF_DEGREES = 7;

    private Numbers() {}

    static String degrees(double degrees) {
        return plain(BigDecimal.valueOf(degrees).setScale(DIGITS_OF_DEGREES, RoundingMode.HALF_EVEN));
    }

    static String plain(double number) {
        return plain(BigDecimal.valueOf(number));
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}

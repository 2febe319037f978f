package org.trackerreports.tools.export;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers as files hold them: decimal point, never an exponent, no more digits than there are. */
final class Numbers {

    /** What a report holds: ten-millionths of a degree, about a centimetre. */
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

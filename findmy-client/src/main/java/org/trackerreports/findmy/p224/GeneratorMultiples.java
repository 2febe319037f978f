package org.trackerreports.findmy.p224;

import java.util.Arrays;

/**
 * Multiplies the group's generator with a table of the odd multiples of {@code 2^(1 + 4i) · G}, all with Z = 1: one addition for each
 * digit, no doubling. The table has 29 KB and is made once. Immutable and thread-safe.
 */
final class GeneratorMultiples {

    /** The window of the lowest digit, which is the last in the table. */
    private static final int LOWEST = ScalarDigits.WINDOWS;

    private final DigitTable table = new DigitTable(ScalarDigits.WINDOWS + 1);

    /** Makes the table, with 221 doublings, 7 additions for each window, and two inversions. */
    GeneratorMultiples(FieldElement x, FieldElement y) {
        JacobianPoint[] bases = new JacobianPoint[ScalarDigits.WINDOWS + 1];
        JacobianPoint power = JacobianPoint.affine(x, y);
        bases[LOWEST] = power.copy();
        power.doubled(1);
        for (int window = 0; window < ScalarDigits.WINDOWS; window++) {
            bases[window] = power.copy();
            power.doubled(ScalarDigits.WINDOW_BITS);
        }
        JacobianPoint.toAffine(bases);
        OddMultiples[] multiples = Arrays.stream(bases)
                .map(base -> new OddMultiples(base.x, base.y))
                .toArray(OddMultiples[]::new);
        OddMultiples.toAffine(multiples);
        for (int window = 0; window < multiples.length; window++) {
            multiples[window].copyTo(table, window);
        }
    }

    /** {@code scalar · G}. */
    JacobianPoint multiply(ScalarDigits digits) {
        FieldElement x = new FieldElement();
        FieldElement y = new FieldElement();
        table.pick(ScalarDigits.WINDOWS - 1, digits.uppermost(), x, y);
        JacobianPoint sum = JacobianPoint.affine(x, y);
        for (int window = ScalarDigits.WINDOWS - 2; window >= 0; window--) {
            table.pick(window, digits.digit(window), x, y);
            sum.add(x, y);
        }
        table.pick(LOWEST, digits.lowest(), x, y);
        sum.add(x, y);
        return sum;
    }
}

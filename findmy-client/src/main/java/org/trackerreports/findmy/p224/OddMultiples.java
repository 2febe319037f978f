package org.trackerreports.findmy.p224;

import java.util.Arrays;

/**
 * The odd multiples P, 3P, 5P, … 15P of a point, all with the same Z.
 *
 * <p>Uses "co-Z" additions (Meloni, "New Point Addition Formulae for ECC Applications", 2007): 5 products and 2 squarings each
 * while the addends share a Z, then one backward pass that converts all of them to the last Z. The additions are 2P + P, 2P + 3P, …, whose
 * addends are neither equal nor opposite, because the order of the group is a large prime. Not thread-safe.
 */
final class OddMultiples {

    private final FieldElement z = new FieldElement();
    private final FieldElement[] xs = FieldElement.zeros(DigitTable.ENTRIES);
    private final FieldElement[] ys = FieldElement.zeros(DigitTable.ENTRIES);
    private final FieldElement twiceX = new FieldElement();
    private final FieldElement twiceY = new FieldElement();
    private final FieldElement[] ratios = FieldElement.zeros(DigitTable.ENTRIES);

    /**
     * The odd multiples of a point.
     *
     * @param x the coordinate X of the point with Z = 1, 1 unit
     * @param y the coordinate Y of the point with Z = 1, 1 unit
     */
    OddMultiples(FieldElement x, FieldElement y) {
        doubleFirst(x, y);
        for (int at = 1; at < DigitTable.ENTRIES; at++) {
            addTwice(at);
        }
        FieldElement ratio = FieldElement.one();
        FieldElement power = new FieldElement();
        for (int at = DigitTable.ENTRIES - 2; at >= 0; at--) {
            ratio.product(ratio, ratios[at + 1]);
            power.square(ratio);
            xs[at].product(xs[at], power);
            power.product(power, ratio);
            ys[at].product(ys[at], power);
        }
        power.multiple(2, y);
        z.product(power, ratio);
    }

    /** Converts all points of all tables to Z = 1 with one inversion. */
    static void toAffine(OddMultiples[] tables) {
        FieldElement.invertAll(Arrays.stream(tables).map(table -> table.z).toArray(FieldElement[]::new));
        FieldElement square = new FieldElement();
        FieldElement cube = new FieldElement();
        for (OddMultiples table : tables) {
            square.square(table.z);
            cube.product(square, table.z);
            for (int at = 0; at < DigitTable.ENTRIES; at++) {
                table.xs[at].product(table.xs[at], square);
                table.ys[at].product(table.ys[at], cube);
            }
        }
    }

    /** Copies the points to a window of a table. */
    void copyTo(DigitTable table, int window) {
        table.put(window, xs, ys);
    }

    /** Computes 2P, with Z = 2y, and the first entry: P with the same Z, (4·x·y², 8·y⁴). */
    private void doubleFirst(FieldElement x, FieldElement y) {
        FieldElement square = new FieldElement();
        FieldElement slope = new FieldElement();
        square.square(y);
        xs[0].product(x, square);
        xs[0].reducedMultiple(4, xs[0]);
        square.square(square);
        ys[0].reducedMultiple(8, square);
        // 3x² + a
        slope.square(x);
        slope.difference(slope, FieldElement.one());
        slope.reducedMultiple(3, slope);
        square.multiple(2, xs[0]);
        twiceX.squareMinus(slope, square);
        square.difference(xs[0], twiceX);
        twiceY.productMinus(slope, square, ys[0]);
    }

    /** Computes an entry from the previous one and 2P, and converts 2P to the Z of the new entry: the previous Z times the ratio. */
    private void addTwice(int at) {
        FieldElement square = new FieldElement();
        FieldElement slope = new FieldElement();
        FieldElement formerX = new FieldElement();
        ratios[at].difference(twiceX, xs[at - 1]);
        slope.difference(twiceY, ys[at - 1]);
        square.square(ratios[at]);
        twiceX.product(twiceX, square);
        formerX.product(xs[at - 1], square);
        square.difference(twiceX, formerX);
        twiceY.product(twiceY, square);
        formerX.sum(formerX, twiceX);
        xs[at].squareMinus(slope, formerX);
        square.difference(twiceX, xs[at]);
        ys[at].productMinus(slope, square, twiceY);
    }
}

package org.trackerreports.findmy.p224;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Multiplication on P-224 in plain Java: windows of 4 bits, Jacobian coordinates, limbs of 56 bits.
 *
 * <p>The operations and the memory accesses do not depend on the scalar or the point, except that a point that is not on the curve ends
 * the call early. {@link ScalarDigits} shows that no addition in the sum of digits is an exceptional case, {@link OddMultiples} shows it
 * for the table. A call costs two inversions for any number of multiplications. This class cannot control how the Java platform compiles
 * the code, or what else runs on the machine.
 *
 * <p>Immutable and thread-safe.
 */
final class KernelMultiplication implements PointMultiplication {

    private static final FieldElement B = element("b4050a850c04b3abf54132565044b0b7d7bfd8ba270b39432355ffb4");
    private static final FieldElement GENERATOR_X = element("b70e0cbd6bb4bf7f321390b94a03c1d356c21122343280d6115c1d21");
    private static final FieldElement GENERATOR_Y = element("bd376388b5f723fb4c22dfe6cd4375a05a07476444d5819985007e34");

    private final GeneratorMultiples generator = new GeneratorMultiples(GENERATOR_X, GENERATOR_Y);

    private static FieldElement element(String hex) {
        return FieldElement.of(HexFormat.of().parseHex(hex), 0);
    }

    @Override
    public List<byte[]> publicXs(List<byte[]> scalars) {
        return affineXs(scalars.stream()
                .map(scalar -> generator.multiply(new ScalarDigits(scalar)))
                .toArray(JacobianPoint[]::new));
    }

    @Override
    public List<byte[]> sharedXs(List<byte[]> scalars, List<byte[]> points) {
        OddMultiples[] multiples = new OddMultiples[points.size()];
        for (int at = 0; at < multiples.length; at++) {
            multiples[at] = oddMultiples(points.get(at));
        }
        OddMultiples.toAffine(multiples);
        JacobianPoint[] products = new JacobianPoint[multiples.length];
        for (int at = 0; at < products.length; at++) {
            products[at] = multiply(new ScalarDigits(scalars.get(at)), multiples[at]);
        }
        return affineXs(products);
    }

    private static OddMultiples oddMultiples(byte[] point) {
        FieldElement x = FieldElement.of(point, 1);
        FieldElement y = FieldElement.of(point, 1 + FieldElement.BYTES);
        if (!isOnCurve(x, y)) {
            throw new IllegalArgumentException(NOT_ON_CURVE);
        }
        return new OddMultiples(x, y);
    }

    private static JacobianPoint multiply(ScalarDigits digits, OddMultiples multiples) {
        DigitTable table = new DigitTable(1);
        multiples.copyTo(table, 0);
        FieldElement x = new FieldElement();
        FieldElement y = new FieldElement();
        table.pick(0, digits.uppermost(), x, y);
        JacobianPoint sum = JacobianPoint.affine(x, y);
        for (int window = ScalarDigits.WINDOWS - 2; window >= 0; window--) {
            sum.doubled(ScalarDigits.WINDOW_BITS);
            table.pick(0, digits.digit(window), x, y);
            sum.add(x, y);
        }
        sum.doubled(1);
        table.pick(0, digits.lowest(), x, y);
        sum.add(x, y);
        return sum;
    }

    /** Whether y² = x³ − 3x + b. */
    private static boolean isOnCurve(FieldElement x, FieldElement y) {
        FieldElement left = new FieldElement();
        FieldElement right = new FieldElement();
        right.square(x);
        right.product(right, x);
        right.minusMultiple(right, 3, x);
        right.sum(right, B);
        left.square(y);
        left.difference(left, right);
        return left.isZero();
    }

    private static List<byte[]> affineXs(JacobianPoint[] points) {
        JacobianPoint.toAffine(points);
        return Arrays.stream(points).map(point -> point.x.toBytes()).toList();
    }
}

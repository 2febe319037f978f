package org.trackerreports.findmy.p224;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The field against BigInteger, with limbs up to the largest that the documentation allows. */
class FieldElementTest {

    private static final BigInteger P =
            BigInteger.ONE.shiftLeft(224).subtract(BigInteger.ONE.shiftLeft(96)).add(BigInteger.ONE);
    private static final long UNIT = (1L << 56) + (1L << 48);
    private static final int ROUNDS = 200_000;

    private final Random random = new Random(6);

    @Test
    void productsOfTheLargestOperandsAreExact() {
        int[][] units = {{3, 3}, {1, 3}, {3, 2}, {1, 1}};
        FieldElement result = new FieldElement();
        for (int round = 0; round < ROUNDS; round++) {
            int[] pair = units[round % units.length];
            FieldElement a = element(pair[0]);
            FieldElement b = element(pair[1]);
            FieldElement c = element(8);
            result.productMinus(a, b, c);
            check(result, () -> value(a).multiply(value(b)).subtract(value(c)));
            result.product(a, b);
            check(result, () -> value(a).multiply(value(b)));
        }
    }

    @Test
    void squaresOfTheLargestOperandsAreExact() {
        FieldElement result = new FieldElement();
        for (int round = 0; round < ROUNDS; round++) {
            FieldElement a = element(3);
            FieldElement b = element(8);
            result.squareMinus(a, b);
            check(result, () -> value(a).pow(2).subtract(value(b)));
            result.square(a);
            check(result, () -> value(a).pow(2));
        }
    }

    @Test
    void sumsAndMultiplesAreExact() {
        FieldElement result = new FieldElement();
        for (int round = 0; round < 10_000; round++) {
            FieldElement a = element(1);
            FieldElement b = element(1);
            result.sum(a, b);
            assertThat(value(result)).isEqualTo(value(a).add(value(b)));
            result.difference(a, b);
            assertThat(value(result)).isEqualTo(value(a).subtract(value(b)));
            result.reducedMultipleMinus(4, a, b);
            check(result, () -> value(a).shiftLeft(2).subtract(value(b)));
            result.reducedMultiple(8, a);
            check(result, () -> value(a).shiftLeft(3));
        }
    }

    @Test
    void invertsOneAndMany() {
        FieldElement[] many = new FieldElement[1_000];
        BigInteger[] expected = new BigInteger[many.length];
        for (int at = 0; at < many.length; at++) {
            many[at] = element(1);
            expected[at] = value(many[at]).mod(P).modInverse(P);
            FieldElement one = new FieldElement();
            one.inverse(many[at]);
            assertThat(new BigInteger(1, one.toBytes())).isEqualTo(expected[at]);
        }
        FieldElement.invertAll(many);
        for (int at = 0; at < many.length; at++) {
            assertThat(new BigInteger(1, many[at].toBytes())).isEqualTo(expected[at]);
        }
        FieldElement zero = new FieldElement();
        zero.inverse(new FieldElement());
        assertThat(zero.isZero()).isTrue();
    }

    @Test
    void writesTheSmallestNumberForEveryWayToWriteIt() {
        BigInteger[] numbers = {
            BigInteger.ZERO, BigInteger.ONE, P.subtract(BigInteger.ONE), BigInteger.ONE.shiftLeft(96), BigInteger.TEN
        };
        for (BigInteger number : numbers) {
            for (int multiple = -5; multiple <= 5; multiple++) {
                FieldElement element = split(number.add(P.multiply(BigInteger.valueOf(multiple))));
                assertThat(new BigInteger(1, element.toBytes())).isEqualTo(number);
                assertThat(element.isZero()).isEqualTo(number.signum() == 0);
            }
        }
    }

    private static void check(FieldElement result, Supplier<BigInteger> expected) {
        assertThat(new BigInteger(1, result.toBytes())).isEqualTo(expected.get().mod(P));
        for (long limb : new long[] {result.l0, result.l1, result.l2, result.l3}) {
            assertThat(Math.abs(limb)).isLessThanOrEqualTo(UNIT);
        }
    }

    private FieldElement element(int units) {
        FieldElement element = new FieldElement();
        element.l0 = limb(units);
        element.l1 = limb(units);
        element.l2 = limb(units);
        element.l3 = limb(units);
        return element;
    }

    /** Often one of the two ends. */
    private long limb(int units) {
        long bound = units * UNIT;
        return switch (random.nextInt(4)) {
            case 0 -> bound;
            case 1 -> -bound;
            default -> Math.floorMod(random.nextLong(), 2 * bound + 1) - bound;
        };
    }

    private static FieldElement split(BigInteger number) {
        BigInteger limb = BigInteger.ONE.shiftLeft(56);
        FieldElement element = new FieldElement();
        element.l0 = number.mod(limb).longValueExact();
        element.l1 = number.shiftRight(56).mod(limb).longValueExact();
        element.l2 = number.shiftRight(112).mod(limb).longValueExact();
        element.l3 = number.shiftRight(168).longValueExact();
        return element;
    }

    private static BigInteger value(FieldElement element) {
        return BigInteger.valueOf(element.l3)
                .shiftLeft(56)
                .add(BigInteger.valueOf(element.l2))
                .shiftLeft(56)
                .add(BigInteger.valueOf(element.l1))
                .shiftLeft(56)
                .add(BigInteger.valueOf(element.l0));
    }
}

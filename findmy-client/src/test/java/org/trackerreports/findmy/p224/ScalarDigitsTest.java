package org.trackerreports.findmy.p224;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The digits add up to the scalar, and no addition of them is exceptional. */
class ScalarDigitsTest {

    private static final BigInteger N = P224.ORDER;

    @Test
    void digitsAddUpWithoutAnExceptionalAddition() {
        Random random = new Random(5);
        Stream<BigInteger> scalars = Stream.concat(
                KernelMultiplicationTest.edgeScalars(),
                Stream.generate(() -> new BigInteger(223, random).setBit(0)).limit(5_000));

        scalars.forEach(ScalarDigitsTest::check);
    }

    private static void check(BigInteger scalar) {
        ScalarDigits digits = new ScalarDigits(P224.fixedWidth(scalar));
        assertThat(digits.uppermost()).isIn(1, 3, 5, 7);
        BigInteger sum = BigInteger.valueOf(digits.uppermost());
        for (int window = ScalarDigits.WINDOWS - 2; window >= 0; window--) {
            int digit = digits.digit(window);
            assertThat(Math.abs(digit)).isBetween(1, 15);
            assertThat(digit & 1).isOne();
            sum = add(sum.shiftLeft(4), digit);
        }
        assertThat(Math.abs(digits.lowest())).isOne();
        sum = add(sum.shiftLeft(1), digits.lowest());

        assertThat(sum).isEqualTo(scalar.testBit(0) ? scalar : N.subtract(scalar));
    }

    /** Neither equal nor opposite modulo n, which the addition of points could not take. */
    private static BigInteger add(BigInteger sum, int digit) {
        BigInteger addend = BigInteger.valueOf(digit);
        assertThat(sum.subtract(addend).mod(N).signum()).isPositive();
        assertThat(sum.add(addend).mod(N).signum()).isPositive();
        return sum.add(addend);
    }
}

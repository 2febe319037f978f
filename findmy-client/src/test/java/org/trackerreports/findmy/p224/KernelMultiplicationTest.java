package org.trackerreports.findmy.p224;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECPoint;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The kernel against BouncyCastle, and against the vectors of Project Wycheproof. */
class KernelMultiplicationTest {

    private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp224r1");
    private static final BigInteger N = CURVE.getN();
    private static final int BATCH = 100;

    private final PointMultiplication kernel = new KernelMultiplication();
    private final PointMultiplication bouncyCastle = new BouncyCastleMultiplication();

    @Test
    void agreesWithBouncyCastleOnTenThousandRandomPairs() {
        compareRandomPairs(10_000);
    }

    @Test
    @Tag("long")
    void agreesWithBouncyCastleOnAMillionRandomPairs() {
        compareRandomPairs(1_000_000);
    }

    private void compareRandomPairs(int pairs) {
        long seed = new Random().nextLong();
        IntStream.range(0, pairs / BATCH).parallel().forEach(batch -> {
            Random random = new Random(seed + batch);
            List<byte[]> scalars =
                    Stream.generate(() -> scalar(random)).limit(BATCH).toList();
            List<byte[]> points =
                    Stream.generate(() -> point(random)).limit(BATCH).toList();
            compare(scalars, points, "seed " + seed + ", batch " + batch);
        });
    }

    private void compare(List<byte[]> scalars, List<byte[]> points, String what) {
        List<byte[]> publicXs = kernel.publicXs(scalars);
        List<byte[]> expectedPublicXs = bouncyCastle.publicXs(scalars);
        List<byte[]> sharedXs = kernel.sharedXs(scalars, points);
        List<byte[]> expectedSharedXs = bouncyCastle.sharedXs(scalars, points);
        for (int at = 0; at < scalars.size(); at++) {
            if (!Arrays.equals(publicXs.get(at), expectedPublicXs.get(at))
                    || !Arrays.equals(sharedXs.get(at), expectedSharedXs.get(at))) {
                HexFormat hex = HexFormat.of();
                throw new AssertionError("kernel and BouncyCastle disagree (" + what + ", scalar "
                        + hex.formatHex(scalars.get(at)) + ", point " + hex.formatHex(points.get(at)) + ")");
            }
        }
    }

    private static byte[] scalar(Random random) {
        return P224.fixedWidth(
                new BigInteger(232, random).mod(N.subtract(BigInteger.ONE)).add(BigInteger.ONE));
    }

    /** A random X that belongs to a point, with one of its two Ys. */
    private static byte[] point(Random random) {
        byte[] compressed = new byte[1 + P224.SCALAR_BYTES];
        while (true) {
            random.nextBytes(compressed);
            compressed[0] = (byte) (2 + random.nextInt(2));
            try {
                return CURVE.getCurve().decodePoint(compressed).getEncoded(false);
            } catch (IllegalArgumentException e) {
                // Half of all numbers are no X of a point.
            }
        }
    }

    @Test
    void agreesOnScalarsAtTheEndsAndAroundEveryWindowBoundary() {
        byte[] point = point(new Random(1));
        List<byte[]> scalars = edgeScalars().map(P224::fixedWidth).toList();
        assertThat(scalars).hasSizeGreaterThan(1_000);

        compare(scalars, scalars.stream().map(scalar -> point).toList(), "edge scalars");
    }

    static Stream<BigInteger> edgeScalars() {
        Stream<BigInteger> low = IntStream.rangeClosed(1, 200).mapToObj(BigInteger::valueOf);
        Stream<BigInteger> boundaries = IntStream.range(0, 224).boxed().flatMap(bit -> {
            BigInteger power = BigInteger.ONE.shiftLeft(bit);
            return IntStream.rangeClosed(-2, 2).mapToObj(BigInteger::valueOf).map(power::add);
        });
        Stream<BigInteger> patterns = Stream.of("1", "3", "5", "7", "a", "c", "e", "0f", "f0", "001f", "ff00")
                .map(pattern -> new BigInteger(pattern.repeat(56).substring(0, 56), 16));
        return Stream.of(low, boundaries, patterns)
                .flatMap(each -> each)
                .flatMap(scalar -> Stream.of(scalar, N.subtract(scalar)))
                .filter(scalar -> scalar.signum() > 0 && scalar.compareTo(N) < 0)
                .distinct();
    }

    @Test
    void agreesOnThePointsOfAllPrecomputedMultiples() {
        List<byte[]> points = new ArrayList<>();
        for (int bit = 0; bit < 224; bit += bit == 0 ? 1 : ScalarDigits.WINDOW_BITS) {
            ECPoint base = CURVE.getG().multiply(BigInteger.ONE.shiftLeft(bit));
            ECPoint twice = base.twice();
            for (int entry = 0; entry < DigitTable.ENTRIES; entry++) {
                points.add(base.normalize().getEncoded(false));
                points.add(base.negate().normalize().getEncoded(false));
                base = base.add(twice);
            }
        }
        Random random = new Random(2);
        for (BigInteger scalar : List.of(
                BigInteger.ONE,
                BigInteger.TWO,
                N.subtract(BigInteger.ONE),
                N.subtract(BigInteger.TWO),
                new BigInteger(223, random).setBit(0))) {
            byte[] bytes = P224.fixedWidth(scalar);
            compare(points.stream().map(point -> bytes).toList(), points, "precomputed points");
        }
    }

    @Test
    void agreesOnPointsAndResultsWhoseXBeginsWithZeros() {
        Random random = new Random(3);
        List<byte[]> points = new ArrayList<>();
        for (int x = 0; points.size() < 200; x++) {
            try {
                byte[] compressed = new byte[1 + P224.SCALAR_BYTES];
                compressed[0] = (byte) (2 + random.nextInt(2));
                compressed[P224.SCALAR_BYTES] = (byte) x;
                compressed[P224.SCALAR_BYTES - 1] = (byte) (x >> 8);
                points.add(CURVE.getCurve().decodePoint(compressed).getEncoded(false));
            } catch (IllegalArgumentException e) {
                // No X of a point.
            }
        }
        BigInteger scalar = new BigInteger(223, random).setBit(5);
        List<byte[]> scalars =
                points.stream().map(point -> P224.fixedWidth(scalar)).toList();
        compare(scalars, points, "small X");
        // And back: the inverse scalar leads to the small X.
        List<byte[]> far = points.stream()
                .map(point -> CURVE.getCurve()
                        .decodePoint(point)
                        .multiply(scalar.modInverse(N))
                        .normalize()
                        .getEncoded(false))
                .toList();
        List<byte[]> back = kernel.sharedXs(scalars, far);
        for (int at = 0; at < points.size(); at++) {
            assertThat(back.get(at)).isEqualTo(Arrays.copyOfRange(points.get(at), 1, 29));
        }
    }

    static Stream<PointMultiplication> implementations() {
        return Stream.of(new KernelMultiplication(), new BouncyCastleMultiplication());
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void refusesPointsOffTheCurve(PointMultiplication multiplication) {
        Random random = new Random(4);
        byte[] scalar = scalar(random);
        for (int round = 0; round < 1_000; round++) {
            byte[] point = point(random);
            point[1 + random.nextInt(56)] ^= (byte) (1 << random.nextInt(8));
            List<byte[]> points = List.of(point(random), point);

            assertThatThrownBy(() -> multiplication.sharedXs(List.of(scalar, scalar), points))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(PointMultiplication.NOT_ON_CURVE);
        }
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void doesNothingForEmptyLists(PointMultiplication multiplication) {
        assertThat(multiplication.publicXs(List.of())).isEmpty();
        assertThat(multiplication.sharedXs(List.of(), List.of())).isEmpty();
    }

    @Test
    void passesTheVectorsOfProjectWycheproof() throws IOException {
        int uncompressed = 0;
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                KernelMultiplicationTest.class.getResourceAsStream("/wycheproof-ecdh-p224.txt"),
                StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("#")) {
                    continue;
                }
                String[] vector = line.split(" ");
                byte[] scalar = HexFormat.of().parseHex(vector[1]);
                byte[] point = HexFormat.of().parseHex(vector[2].equals("-") ? "" : vector[2]);
                if (vector[4].equals("valid")) {
                    uncompressed++;
                    assertThat(HexFormat.of()
                                    .formatHex(kernel.sharedXs(List.of(scalar), List.of(point))
                                            .get(0)))
                            .as("Wycheproof %s", vector[0])
                            .isEqualTo(vector[3]);
                } else {
                    // Finders send uncompressed points only; all others are refused, those that Wycheproof accepts too.
                    assertThatThrownBy(() -> P224.agree(scalar, point))
                            .as("Wycheproof %s", vector[0])
                            .isInstanceOf(IllegalArgumentException.class);
                }
            }
        }
        assertThat(uncompressed).isEqualTo(439);
    }
}

package org.trackerreports.findmy.p224;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * The curve of Find My: NIST P-224 (secp224r1), cofactor 1. The JDK has not offered it since version 16.
 *
 * <p>Scalars and coordinates have 28 bytes, big-endian, left-padded with zeros. Stateless and thread-safe. {@link Multiplications} chooses
 * the implementation once.
 */
public final class P224 {

    /** The length of a scalar, a coordinate and a shared secret in bytes. */
    public static final int SCALAR_BYTES = FieldElement.BYTES;

    /** The length of an uncompressed point {@code 04 ‖ X ‖ Y} in bytes. */
    public static final int POINT_BYTES = 1 + 2 * SCALAR_BYTES;

    /** The order n of the group. */
    public static final BigInteger ORDER =
            new BigInteger("ffffffffffffffffffffffffffff16a2e0b8f03e13dd29455c5c2a3d", 16);

    private static final byte[] PRIME =
            HexFormat.of().parseHex("ffffffffffffffffffffffffffffffff000000000000000000000001");

    private P224() {}

    /**
     * The X coordinate of {@code scalar · G}.
     *
     * @param scalar the private key, 1 … n−1
     * @return 28 bytes
     */
    public static byte[] publicX(byte[] scalar) {
        return publicXs(List.of(scalar)).get(0);
    }

    /**
     * {@link #publicX} for many scalars. Faster than for each scalar on its own.
     *
     * @param scalars the private keys, 1 … n−1
     * @return 28 bytes each, in the order of the scalars
     */
    public static List<byte[]> publicXs(List<byte[]> scalars) {
        return Multiplications.CHOSEN.publicXs(scalars);
    }

    /**
     * Elliptic-curve Diffie–Hellman: the X coordinate of {@code scalar · point}.
     *
     * @param scalar the private key, 1 … n−1
     * @param point an uncompressed point, 57 bytes
     * @return 28 bytes
     * @throws IllegalArgumentException if the bytes are not an uncompressed point on the curve; a point that is not on the curve would
     *     reveal bits of the private key
     */
    public static byte[] agree(byte[] scalar, byte[] point) {
        return agree(List.of(scalar), List.of(point)).get(0);
    }

    /**
     * {@link #agree(byte[], byte[])} for many pairs. Faster than for each pair on its own.
     *
     * @param scalars the private keys, as many as points
     * @param points uncompressed points, 57 bytes each
     * @return 28 bytes each, in the order of the pairs
     * @throws IllegalArgumentException if one of the points is invalid
     */
    public static List<byte[]> agree(List<byte[]> scalars, List<byte[]> points) {
        points.forEach(P224::checkForm);
        return Multiplications.CHOSEN.sharedXs(scalars, points);
    }

    private static void checkForm(byte[] point) {
        if (point.length != POINT_BYTES || point[0] != 4) {
            throw new IllegalArgumentException(
                    "not an uncompressed P-224 point: expected 57 bytes that start with 04, found " + point.length
                            + " bytes"
                            + (point.length > 0 ? String.format(" that start with %02x", point[0]) : ""));
        }
        if (!isBelowPrime(point, 1) || !isBelowPrime(point, 1 + SCALAR_BYTES)) {
            throw new IllegalArgumentException(
                    "not a P-224 point: a coordinate is not less than the prime of the field");
        }
    }

    private static boolean isBelowPrime(byte[] point, int from) {
        return Arrays.compareUnsigned(point, from, from + SCALAR_BYTES, PRIME, 0, SCALAR_BYTES) < 0;
    }

    /**
     * The 28 big-endian bytes of a number.
     *
     * @param value the number, below 2^224
     * @return the bytes
     */
    public static byte[] fixedWidth(BigInteger value) {
        byte[] bytes = value.toByteArray();
        if (bytes.length == SCALAR_BYTES) {
            return bytes;
        }
        byte[] result = new byte[SCALAR_BYTES];
        int from = Math.max(0, bytes.length - SCALAR_BYTES);
        System.arraycopy(bytes, from, result, SCALAR_BYTES - (bytes.length - from), bytes.length - from);
        Arrays.fill(bytes, (byte) 0);
        return result;
    }
}

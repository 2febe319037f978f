package org.trackerreports.findmy.p224;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * The curve of Find My: NIST P-224 (secp224r1), cofactor 1. The JDK has not offered it since version 16.
 *
 * <p>Scalars and coordinates are 28 bytes, big-endian, left-padded with zeros. Stateless and thread-safe. Which code multiplies the points
 * is decided once, see {@link Multiplications}.
 */
public final class P224 {

    /** Bytes of a scalar, a coordinate and a shared secret. */
    public static final int SCALAR_BYTES = FieldElement.BYTES;

    /** Bytes of an uncompressed point: {@code 04 ‖ X ‖ Y}. */
    public static final int POINT_BYTES = 1 + 2 * SCALAR_BYTES;

    /** The order n of the group. */
    public static final BigInteger ORDER =
            new BigInteger("ffffffffffffffffffffffffffff16a2e0b8f03e13dd29455c5c2a3d", 16);

    private static final byte[] PRIME =
            HexFormat.of().parseHex("ffffffffffffffffffffffffffffffff000000000000000000000001");

    private P224() {}

    /** The X coordinate of {@code scalar · G}. The scalar must lie in 1 … n−1. */
    public static byte[] publicX(byte[] scalar) {
        return publicXs(List.of(scalar)).get(0);
    }

    /** {@link #publicX} of many scalars, in their order, for less than the price of each by itself. */
    public static List<byte[]> publicXs(List<byte[]> scalars) {
        return Multiplications.CHOSEN.publicXs(scalars);
    }

    /**
     * Elliptic-curve Diffie–Hellman: the X coordinate of {@code scalar · point}.
     *
     * @param scalar the private key, 1 … n−1
     * @param point an uncompressed point, 57 bytes
     * @throws IllegalArgumentException if the bytes are not an uncompressed point on the curve; checked because a point off the
     *     curve would reveal bits of the private key
     */
    public static byte[] agree(byte[] scalar, byte[] point) {
        return agree(List.of(scalar), List.of(point)).get(0);
    }

    /**
     * {@link #agree(byte[], byte[])} of many pairs, in their order, for less than the price of each by itself.
     *
     * @param scalars as many as points
     * @throws IllegalArgumentException if one of the points is none
     */
    public static List<byte[]> agree(List<byte[]> scalars, List<byte[]> points) {
        points.forEach(P224::checkForm);
        return Multiplications.CHOSEN.sharedXs(scalars, points);
    }

    private static void checkForm(byte[] point) {
        if (point.length != POINT_BYTES || point[0] != 4) {
            throw new IllegalArgumentException(
                    "not an uncompressed P-224 point: expected 57 bytes that begin with 04, found " + point.length
                            + " bytes"
                            + (point.length > 0 ? String.format(" that begin with %02x", point[0]) : ""));
        }
        if (!isBelowPrime(point, 1) || !isBelowPrime(point, 1 + SCALAR_BYTES)) {
            throw new IllegalArgumentException("not a P-224 point: a coordinate is not below the field's prime");
        }
    }

    private static boolean isBelowPrime(byte[] point, int from) {
        return Arrays.compareUnsigned(point, from, from + SCALAR_BYTES, PRIME, 0, SCALAR_BYTES) < 0;
    }

    /** The 28 big-endian bytes of a number below 2^224. */
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

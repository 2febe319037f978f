package org.trackerreports.findmy.internal;

import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECCurve;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/**
 * The curve of Find My: NIST P-224 (secp224r1), cofactor 1.
 *
 * <p>The JDK has not offered this curve since version 16, so BouncyCastle's field-specific implementation does the work. Scalars
 * and coordinates are 28 bytes, big-endian, left-padded with zeros. Stateless and thread-safe.
 */
public final class P224 {

    /** Bytes of a scalar, a coordinate and a shared secret. */
    public static final int SCALAR_BYTES = 28;

    /** Bytes of an uncompressed point: {@code 04 ‖ X ‖ Y}. */
    public static final int POINT_BYTES = 1 + 2 * SCALAR_BYTES;

    private static final X9ECParameters PARAMETERS = CustomNamedCurves.getByName("secp224r1");
    private static final ECCurve CURVE = PARAMETERS.getCurve();

    /** The order n of the group. */
    public static final BigInteger ORDER = PARAMETERS.getN();

    private P224() {}

    /** The X coordinate of {@code scalar · G}. The scalar must lie in 1 … n−1. */
    public static byte[] publicX(BigInteger scalar) {
        return fixedWidth(new FixedPointCombMultiplier()
                .multiply(PARAMETERS.getG(), scalar)
                .normalize()
                .getAffineXCoord()
                .toBigInteger());
    }

    /**
     * Elliptic-curve Diffie–Hellman: the X coordinate of {@code scalar · point}.
     *
     * @param scalar the private key, 1 … n−1
     * @param point an uncompressed point, 57 bytes
     * @throws IllegalArgumentException if the bytes are not an uncompressed point on the curve; checked because a point off the
     *     curve would reveal bits of the private key
     */
    public static byte[] agree(BigInteger scalar, byte[] point) {
        return fixedWidth(
                decode(point).multiply(scalar).normalize().getAffineXCoord().toBigInteger());
    }

    private static ECPoint decode(byte[] point) {
        if (point.length != POINT_BYTES || point[0] != 4) {
            throw new IllegalArgumentException(
                    "not an uncompressed P-224 point: expected 57 bytes that begin with 04, found " + point.length
                            + " bytes"
                            + (point.length > 0 ? String.format(" that begin with %02x", point[0]) : ""));
        }
        BigInteger x = new BigInteger(1, point, 1, SCALAR_BYTES);
        BigInteger y = new BigInteger(1, point, 1 + SCALAR_BYTES, SCALAR_BYTES);
        BigInteger p = CURVE.getField().getCharacteristic();
        if (x.compareTo(p) >= 0 || y.compareTo(p) >= 0) {
            throw new IllegalArgumentException("not a P-224 point: a coordinate is not below the field's prime");
        }
        ECPoint decoded = CURVE.createPoint(x, y);
        if (!decoded.isValid()) {
            throw new IllegalArgumentException("the point does not lie on P-224");
        }
        return decoded;
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

package org.trackerreports.findmy.p224;

import java.math.BigInteger;
import java.util.List;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/** BouncyCastle's implementation: specific to the field, but not constant-time. */
final class BouncyCastleMultiplication implements PointMultiplication {

    private final X9ECParameters parameters = CustomNamedCurves.getByName("secp224r1");

    @Override
    public List<byte[]> publicXs(List<byte[]> scalars) {
        return scalars.stream()
                .map(scalar -> new FixedPointCombMultiplier().multiply(parameters.getG(), new BigInteger(1, scalar)))
                .map(BouncyCastleMultiplication::x)
                .toList();
    }

    @Override
    public List<byte[]> sharedXs(List<byte[]> scalars, List<byte[]> points) {
        return IntStream.range(0, points.size())
                .mapToObj(at -> decode(points.get(at)).multiply(new BigInteger(1, scalars.get(at))))
                .map(BouncyCastleMultiplication::x)
                .toList();
    }

    private ECPoint decode(byte[] point) {
        ECPoint decoded = parameters
                .getCurve()
                .createPoint(
                        new BigInteger(1, point, 1, FieldElement.BYTES),
                        new BigInteger(1, point, 1 + FieldElement.BYTES, FieldElement.BYTES));
        if (!decoded.isValid()) {
            throw new IllegalArgumentException(NOT_ON_CURVE);
        }
        return decoded;
    }

    private static byte[] x(ECPoint point) {
        return point.normalize().getAffineXCoord().getEncoded();
    }
}

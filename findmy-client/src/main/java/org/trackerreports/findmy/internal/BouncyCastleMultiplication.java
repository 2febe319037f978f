package org.trackerreports.findmy.internal;

import java.math.BigInteger;
import java.util.List;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/** BouncyCastle's implementation, field-specific but not constant in time. */
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
                        new BigInteger(1, point, 1, P224.SCALAR_BYTES),
                        new BigInteger(1, point, 1 + P224.SCALAR_BYTES, P224.SCALAR_BYTES));
        if (!decoded.isValid()) {
            throw new IllegalArgumentException(P224.NOT_ON_CURVE);
        }
        return decoded;
    }

    private static byte[] x(ECPoint point) {
        return point.normalize().getAffineXCoord().getEncoded();
    }
}

package org.trackerreports.simulator.world;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECPoint;

/** Advertised keys: their length, their hash, their point on P-224. */
final class AdvertisedKeys {
    static final X9ECParameters P224 = CustomNamedCurves.getByName("secp224r1");
    static final int LENGTH = 28;

    private AdvertisedKeys() {}

    static byte[] copyOf(byte[] key) {
        if (key.length != LENGTH) {
            throw new IllegalArgumentException("An advertised key has 28 bytes, found " + key.length + ".");
        }
        return key.clone();
    }

    /** The id under which the service knows the reports of this key. */
    static String hash(byte[] key) {
        return Base64.getEncoder().encodeToString(sha256().digest(key));
    }

    /** The point with this X coordinate and even Y. Which of the two Y is taken does not matter: only X of the product is used. */
    static ECPoint point(byte[] key) {
        byte[] compressed = new byte[1 + LENGTH];
        compressed[0] = 2;
        System.arraycopy(key, 0, compressed, 1, LENGTH);
        try {
            return P224.getCurve().decodePoint(compressed);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "An advertised key is not the X coordinate of a point on P-224. Was a private key given instead?",
                    e);
        }
    }

    /** The public half of a key that follows from a number; its private half is not kept. */
    static byte[] someKey(long number) {
        byte[] digest = sha256().digest(ByteBuffer.allocate(8).putLong(number).array());
        return P224.getG()
                .multiply(new BigInteger(1, digest))
                .normalize()
                .getAffineXCoord()
                .getEncoded();
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256.", e);
        }
    }
}

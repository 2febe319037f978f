package org.trackerreports.findmy.key;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import org.trackerreports.findmy.internal.P224;

/**
 * The private key of one advertisement key: a scalar d on P-224 with 1 ≤ d &lt; n. Whoever has it can read the tracker's reports.
 *
 * <p>Thread-safe. {@link #toString} shows the public part only. {@link #wipe} overwrites the secret; afterwards the key can no
 * longer decrypt.
 */
public final class PrivateTrackerKey {

    /** Bytes of the scalar. */
    public static final int BYTES = P224.SCALAR_BYTES;

    private final byte[] scalar;
    private final AdvertisementKey advertisementKey;
    private final HashedAdvertisementKey hashed;
    private volatile boolean wiped;

    private PrivateTrackerKey(byte[] scalar) {
        this.scalar = scalar;
        this.advertisementKey = AdvertisementKey.of(P224.publicX(new BigInteger(1, scalar)));
        this.hashed = advertisementKey.hashed();
    }

    /**
     * The key with this scalar.
     *
     * @param scalar 28 bytes, big-endian; copied
     * @throws IllegalArgumentException if there are not 28 bytes, or the scalar is outside 1 … n−1
     */
    public static PrivateTrackerKey of(byte[] scalar) {
        if (scalar.length != BYTES) {
            throw new IllegalArgumentException("a private key has 28 bytes, found " + scalar.length);
        }
        BigInteger d = new BigInteger(1, scalar);
        if (d.signum() == 0 || d.compareTo(P224.ORDER) >= 0) {
            throw new IllegalArgumentException("a private key lies between 1 and the curve's order; this one is "
                    + (d.signum() == 0 ? "zero" : "the order or above"));
        }
        return new PrivateTrackerKey(scalar.clone());
    }

    /** A new key, drawn evenly from all valid ones. */
    public static PrivateTrackerKey generate(SecureRandom random) {
        BigInteger d;
        do {
            d = new BigInteger(P224.ORDER.bitLength(), random);
        } while (d.signum() == 0 || d.compareTo(P224.ORDER) >= 0);
        return new PrivateTrackerKey(P224.fixedWidth(d));
    }

    /** What the tracker broadcasts. */
    public AdvertisementKey advertisementKey() {
        return advertisementKey;
    }

    /** What the service knows the key by. */
    public HashedAdvertisementKey hashed() {
        return hashed;
    }

    /**
     * The shared secret with the finder that made a report: the X coordinate of {@code d · P}, 28 bytes.
     *
     * @param ephemeralPublicKey the finder's point {@code 04 ‖ X ‖ Y}, 57 bytes
     * @throws IllegalArgumentException if that is not a point on the curve
     * @throws IllegalStateException if this key was wiped
     */
    public byte[] sharedSecret(byte[] ephemeralPublicKey) {
        return P224.agree(scalar(), ephemeralPublicKey);
    }

    /**
     * The secret scalar, 28 bytes big-endian, a copy that the caller should wipe.
     *
     * @throws IllegalStateException if this key was wiped
     */
    public byte[] secretBytes() {
        return P224.fixedWidth(scalar());
    }

    BigInteger scalar() {
        if (wiped) {
            throw new IllegalStateException("this private key was wiped");
        }
        return new BigInteger(1, scalar);
    }

    /** Overwrites the secret. May be called again. */
    public void wipe() {
        wiped = true;
        Arrays.fill(scalar, (byte) 0);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PrivateTrackerKey key && hashed.equals(key.hashed);
    }

    @Override
    public int hashCode() {
        return hashed.hashCode();
    }

    @Override
    public String toString() {
        return "PrivateTrackerKey[hashed " + hashed + "]";
    }
}

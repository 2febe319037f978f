package org.trackerreports.findmy.key;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.trackerreports.findmy.p224.P224;

/**
 * The private key of one advertisement key: a scalar d on P-224 with 1 ≤ d &lt; n. Anyone who has it can decrypt the tracker's reports.
 *
 * <p>Thread-safe. {@link #toString} shows only the public part. After {@link #wipe} the key can no longer decrypt.
 */
public final class PrivateTrackerKey {

    /** The length of the scalar in bytes. */
    public static final int BYTES = P224.SCALAR_BYTES;

    private final byte[] scalar;
    private final AdvertisementKey advertisementKey;
    private final HashedAdvertisementKey hashed;
    private volatile boolean wiped;

    private PrivateTrackerKey(byte[] scalar, AdvertisementKey advertisementKey) {
        this.scalar = scalar;
        this.advertisementKey = advertisementKey;
        this.hashed = advertisementKey.hashed();
    }

    /**
     * The key with this scalar.
     *
     * @param scalar 28 bytes, big-endian; copied
     * @return the key
     * @throws IllegalArgumentException if there are not 28 bytes, or the scalar is outside 1 … n−1
     */
    public static PrivateTrackerKey of(byte[] scalar) {
        return ofAll(List.of(scalar)).get(0);
    }

    /**
     * The key whose scalar is written in base64, as most generators of keys print it.
     *
     * @param scalar 40 characters of standard base64
     * @return the key
     * @throws IllegalArgumentException if it is not base64 of 28 bytes, or the scalar is outside 1 … n−1; the message does not contain it
     */
    public static PrivateTrackerKey ofBase64(String scalar) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(scalar.strip());
        } catch (IllegalArgumentException e) {
            // Without the cause: its message has a character of the secret.
            throw new IllegalArgumentException("a private key is 40 characters of base64; found " + scalar.length()
                    + " characters of another form");
        }
        try {
            return of(bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /**
     * The keys with these scalars. Faster than making each of them on its own.
     *
     * @param scalars 28 bytes each, big-endian; copied
     * @return the keys, in the order of the scalars
     * @throws IllegalArgumentException if there are not 28 bytes, or a scalar is outside 1 … n−1
     */
    public static List<PrivateTrackerKey> ofAll(List<byte[]> scalars) {
        List<byte[]> copies = scalars.stream().map(byte[]::clone).toList();
        copies.forEach(PrivateTrackerKey::check);
        List<byte[]> publicXs = P224.publicXs(copies);
        return IntStream.range(0, copies.size())
                .mapToObj(at -> new PrivateTrackerKey(copies.get(at), AdvertisementKey.of(publicXs.get(at))))
                .toList();
    }

    /**
     * The key with this scalar and its public part, which was derived before and stored safely. Ten times as fast as {@link #of}. Does not
     * check that the two belong together; if they do not, reports of this key cannot be decrypted.
     *
     * @param scalar 28 bytes, big-endian; copied
     * @param advertisementKey the public part
     * @return the key
     * @throws IllegalArgumentException if there are not 28 bytes, or the scalar is outside 1 … n−1
     */
    public static PrivateTrackerKey ofPair(byte[] scalar, AdvertisementKey advertisementKey) {
        byte[] copy = scalar.clone();
        check(copy);
        return new PrivateTrackerKey(copy, Objects.requireNonNull(advertisementKey, "advertisementKey"));
    }

    private static void check(byte[] scalar) {
        if (scalar.length != BYTES) {
            throw new IllegalArgumentException("a private key has 28 bytes, found " + scalar.length);
        }
        BigInteger d = new BigInteger(1, scalar);
        if (d.signum() == 0 || d.compareTo(P224.ORDER) >= 0) {
            throw new IllegalArgumentException(
                    "a private key must be between 1 and the order of the curve; this one is "
                            + (d.signum() == 0 ? "zero" : "the order or above"));
        }
    }

    /**
     * A new random key.
     *
     * @param random the source of randomness
     * @return the key, chosen uniformly from all valid keys
     */
    public static PrivateTrackerKey generate(SecureRandom random) {
        BigInteger d;
        do {
            d = new BigInteger(P224.ORDER.bitLength(), random);
        } while (d.signum() == 0 || d.compareTo(P224.ORDER) >= 0);
        return of(P224.fixedWidth(d));
    }

    /** The key that the tracker broadcasts. */
    public AdvertisementKey advertisementKey() {
        return advertisementKey;
    }

    /** The id of this key at the report service. */
    public HashedAdvertisementKey hashed() {
        return hashed;
    }

    /**
     * The shared secret with the finder that made a report: the X coordinate of {@code d · P}, 28 bytes.
     *
     * @param ephemeralPublicKey the finder's point {@code 04 ‖ X ‖ Y}, 57 bytes
     * @return the shared secret
     * @throws IllegalArgumentException if that is not a point on the curve
     * @throws IllegalStateException if this key was wiped
     */
    public byte[] sharedSecret(byte[] ephemeralPublicKey) {
        return sharedSecrets(List.of(this), List.of(ephemeralPublicKey)).get(0);
    }

    /**
     * {@link #sharedSecret} for many pairs. Faster than for each pair on its own.
     *
     * @param keys the keys, as many as points; a key may occur several times
     * @param ephemeralPublicKeys the finders' points, 57 bytes each
     * @return the shared secrets, in the order of the pairs
     * @throws IllegalArgumentException if one of the points is not on the curve
     * @throws IllegalStateException if one of the keys was wiped
     */
    public static List<byte[]> sharedSecrets(List<PrivateTrackerKey> keys, List<byte[]> ephemeralPublicKeys) {
        keys.forEach(PrivateTrackerKey::checkNotWiped);
        return P224.agree(keys.stream().map(key -> key.scalar).toList(), ephemeralPublicKeys);
    }

    /**
     * A copy of the secret scalar, 28 bytes, big-endian. The caller should wipe it.
     *
     * @throws IllegalStateException if this key was wiped
     */
    public byte[] secretBytes() {
        checkNotWiped();
        return scalar.clone();
    }

    BigInteger scalar() {
        checkNotWiped();
        return new BigInteger(1, scalar);
    }

    private void checkNotWiped() {
        if (wiped) {
            throw new IllegalStateException("this private key was wiped");
        }
    }

    /** Overwrites the secret. Calling it again has no effect. */
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

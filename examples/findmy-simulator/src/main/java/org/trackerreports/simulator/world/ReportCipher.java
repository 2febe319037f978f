package org.trackerreports.simulator.world;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.math.ec.ECMultiplier;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/**
 * Encrypts sightings as a finder does: an ephemeral P-224 key, X9.63 with SHA-256, AES-128-GCM with a 16-byte IV.
 *
 * <p>The ephemeral scalar is derived from the seed and the sighting, so one sighting has one payload for ever and a second
 * fetch brings a true duplicate. That is right for a simulator only.
 */
final class ReportCipher {
    private static final BigInteger SCALARS = AdvertisedKeys.P224.getN().subtract(BigInteger.ONE);
    private static final ECMultiplier BASE_MULTIPLIER = new FixedPointCombMultiplier();
    private static final byte[] COUNTER_ONE = {0, 0, 0, 1};

    private final long seed;

    ReportCipher(long seed) {
        this.seed = seed;
    }

    /** The payload of 88 or 89 bytes. */
    byte[] encrypt(byte[] advertisedKey, Sighting sighting, PayloadForm form) {
        byte[] digest = digestOf(sighting);
        BigInteger scalar = new BigInteger(1, digest).mod(SCALARS).add(BigInteger.ONE);
        boolean longForm = form == PayloadForm.BYTES_89 || form == PayloadForm.MIXED && (digest[0] & 1) == 1;
        return encrypt(advertisedKey, sighting, scalar, longForm);
    }

    /** As {@link #encrypt(byte[], Sighting, PayloadForm)}, with a given scalar. */
    static byte[] encrypt(byte[] advertisedKey, Sighting sighting, BigInteger scalar, boolean longForm) {
        byte[] ephemeral = BASE_MULTIPLIER
                .multiply(AdvertisedKeys.P224.getG(), scalar)
                .normalize()
                .getEncoded(false);
        ECPoint shared = AdvertisedKeys.point(advertisedKey).multiply(scalar).normalize();
        MessageDigest sha256 = AdvertisedKeys.sha256();
        sha256.update(shared.getAffineXCoord().getEncoded());
        sha256.update(COUNTER_ONE);
        byte[] keyAndIv = sha256.digest(ephemeral);

        byte[] plain = ByteBuffer.allocate(10)
                .putInt(sighting.latitudeE7())
                .putInt(sighting.longitudeE7())
                .put((byte) sighting.horizontalAccuracy())
                .put((byte) sighting.status())
                .array();
        ByteBuffer payload = ByteBuffer.allocate(longForm ? 89 : 88)
                .putInt((int) (sighting.time().getEpochSecond() - Sighting.EPOCH_2001));
        if (longForm) {
            payload.put((byte) 0);
        }
        return payload.put((byte) sighting.confidence())
                .put(ephemeral)
                .put(gcm(keyAndIv, plain))
                .array();
    }

    private static byte[] gcm(byte[] keyAndIv, byte[] plain) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    new SecretKeySpec(Arrays.copyOf(keyAndIv, 16), "AES"),
                    new GCMParameterSpec(128, keyAndIv, 16, 16));
            return cipher.doFinal(plain);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM with a 16-byte IV is missing in this Java runtime.", e);
        }
    }

    private byte[] digestOf(Sighting sighting) {
        MessageDigest sha256 = AdvertisedKeys.sha256();
        sha256.update("ephemeral scalar".getBytes(StandardCharsets.US_ASCII));
        sha256.update(Base64.getDecoder().decode(sighting.hashedKey()));
        Instant uploadedAt = sighting.uploadedAt();
        return sha256.digest(ByteBuffer.allocate(52)
                .putLong(seed)
                .putLong(sighting.time().getEpochSecond())
                .putInt(sighting.latitudeE7())
                .putInt(sighting.longitudeE7())
                .putInt(sighting.horizontalAccuracy())
                .putInt(sighting.confidence())
                .putInt(sighting.status())
                .putLong(uploadedAt.getEpochSecond())
                .putInt(uploadedAt.getNano())
                .array());
    }
}

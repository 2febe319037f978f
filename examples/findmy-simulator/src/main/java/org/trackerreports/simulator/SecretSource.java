package org.trackerreports.simulator;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * All made-up secrets (tokens, salts, codes, machine identities), derived from the seed, so that equal seeds and equal order of
 * requests give equal answers. Right for a simulator only. Safe for use by many threads.
 */
final class SecretSource {
    private final SecretKeySpec key;
    private final AtomicLong count = new AtomicLong();

    SecretSource(long seed) {
        key = new SecretKeySpec(ByteBuffer.allocate(8).putLong(seed).array(), "HmacSHA256");
    }

    /** Always the same bytes for the same name. */
    byte[] named(String name, int length) {
        ByteBuffer result = ByteBuffer.allocate((length + 31) / 32 * 32);
        for (int block = 0; result.hasRemaining(); block++) {
            result.put(hmac(name + '/' + block));
        }
        return Arrays.copyOf(result.array(), length);
    }

    /** Other bytes with each call. */
    byte[] fresh(String purpose, int length) {
        return named("fresh/" + count.incrementAndGet() + '/' + purpose, length);
    }

    String freshBase64(String purpose, int length) {
        return Base64.getEncoder().encodeToString(fresh(purpose, length));
    }

    String freshHex(String purpose, int length) {
        return HexFormat.of().formatHex(fresh(purpose, length));
    }

    /** Six digits. */
    String freshCode() {
        return String.format(
                "%06d", Math.floorMod(ByteBuffer.wrap(fresh("code", 8)).getLong(), 1_000_000L));
    }

    private byte[] hmac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("Every Java runtime has HMAC-SHA-256.", e);
        }
    }
}

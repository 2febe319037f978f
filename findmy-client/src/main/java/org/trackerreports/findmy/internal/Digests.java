package org.trackerreports.findmy.internal;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** Hash functions, and the key derivation that Find My builds on them. Stateless and thread-safe. */
public final class Digests {

    private static final int SHA256_BYTES = 32;

    private Digests() {}

    /** A new SHA-256, which every Java platform has. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** SHA-256 over the parts, one after the other. */
    public static byte[] sha256(byte[]... parts) {
        MessageDigest digest = sha256();
        for (byte[] part : parts) {
            digest.update(part);
        }
        return digest.digest();
    }

    /**
     * The ANSI X9.63 key derivation with SHA-256: {@code SHA256(Z ‖ 00000001 ‖ info) ‖ SHA256(Z ‖ 00000002 ‖ info) ‖ …}, cut to
     * the length. Source: FindMy.py {@code util/crypto.py}.
     *
     * @param length bytes wanted, at least 1
     */
    public static byte[] x963(byte[] sharedSecret, byte[] info, int length) {
        byte[] output = new byte[(length + SHA256_BYTES - 1) / SHA256_BYTES * SHA256_BYTES];
        byte[] counter = new byte[4];
        for (int block = 0; block * SHA256_BYTES < length; block++) {
            counter[3] = (byte) (block + 1);
            System.arraycopy(sha256(sharedSecret, counter, info), 0, output, block * SHA256_BYTES, SHA256_BYTES);
        }
        return output.length == length ? output : Arrays.copyOf(output, length);
    }
}

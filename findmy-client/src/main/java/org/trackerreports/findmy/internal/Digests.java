package org.trackerreports.findmy.internal;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** Hash functions, and the key derivation of Find My. Stateless and thread-safe. */
public final class Digests {

    private static final int SHA256_BYTES = 32;

    private Digests() {}

    /** A new SHA-256 digest. Every Java platform has SHA-256. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * The SHA-256 of the concatenated parts.
     *
     * @param parts the parts
     * @return 32 bytes
     */
    public static byte[] sha256(byte[]... parts) {
        MessageDigest digest = sha256();
        for (byte[] part : parts) {
            digest.update(part);
        }
        return digest.digest();
    }

    /**
     * The ANSI X9.63 key derivation with SHA-256: {@code SHA256(Z ‖ 00000001 ‖ info) ‖ SHA256(Z ‖ 00000002 ‖ info) ‖ …}, truncated to
     * the length. Source: FindMy.py {@code util/crypto.py}.
     *
     * @param sharedSecret Z
     * @param info the shared information
     * @param length the number of bytes to derive, at least 1
     * @return the derived bytes
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

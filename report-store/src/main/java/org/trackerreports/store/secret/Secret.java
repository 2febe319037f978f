package org.trackerreports.store.secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that must not appear in logs or messages: key material, sessions, passwords. The text form does not contain them, and they can
 * be overwritten when they are no longer needed.
 *
 * <p>Thread-safe.
 */
public final class Secret {

    private byte @Nullable [] bytes;

    private Secret(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A secret with a copy of these bytes. */
    public static Secret of(byte[] bytes) {
        return new Secret(bytes.clone());
    }

    /** A secret with the UTF-8 bytes of this text. */
    public static Secret ofText(String text) {
        return new Secret(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A copy of the bytes.
     *
     * @throws IllegalStateException if the secret was wiped
     */
    public synchronized byte[] bytes() {
        if (bytes == null) {
            throw new IllegalStateException("this secret was wiped and can no longer be read");
        }
        return bytes.clone();
    }

    /**
     * The bytes as UTF-8 text.
     *
     * @throws IllegalStateException if the secret was wiped
     */
    public String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    /** Overwrites the bytes. Reading them afterwards fails. */
    public synchronized void wipe() {
        if (bytes != null) {
            Arrays.fill(bytes, (byte) 0);
            bytes = null;
        }
    }

    /** Compares in constant time. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && MessageDigest.isEqual(bytes(), secret.bytes());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes());
    }

    @Override
    public String toString() {
        return "Secret[hidden]";
    }
}

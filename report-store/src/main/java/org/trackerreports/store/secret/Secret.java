package org.trackerreports.store.secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Bytes that must not show up anywhere: key material, sessions, passwords. The text form says nothing, and the bytes can be
 * overwritten when they are no longer needed.
 *
 * <p>Thread-safe.
 */
public final class Secret {

    private byte[] bytes;

    private Secret(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Holds a copy of the bytes. */
    public static Secret of(byte[] bytes) {
        return new Secret(bytes.clone());
    }

    /** Holds the UTF-8 form of the text. */
    public static Secret ofText(String text) {
        return new Secret(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A copy of the bytes.
     *
     * @throws IllegalStateException when the secret was wiped
     */
    public synchronized byte[] bytes() {
        if (bytes == null) {
            throw new IllegalStateException("this secret was wiped and cannot be read any more");
        }
        return bytes.clone();
    }

    /**
     * The bytes read as UTF-8.
     *
     * @throws IllegalStateException when the secret was wiped
     */
    public String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    /** Overwrites the bytes; reading them afterwards fails. */
    public synchronized void wipe() {
        if (bytes != null) {
            Arrays.fill(bytes, (byte) 0);
            bytes = null;
        }
    }

    /** Compares without telling by its duration where a difference is. */
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

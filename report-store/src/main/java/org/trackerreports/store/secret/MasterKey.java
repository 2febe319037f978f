package org.trackerreports.store.secret;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The key that encrypts the keys of trackers and the secrets of accounts: 32 bytes that are never in the database. Without it these
 * secrets are lost, so keep a backup of it apart from the backups of the database.
 *
 * <p>Immutable and thread-safe.
 */
public final class MasterKey {

    private static final int LENGTH = 32;
    private static final int MAX_FILE_BYTES = 4096;

    private final byte[] bytes;
    private final String id;

    private MasterKey(byte[] bytes) {
        byte[] oneValue = new byte[bytes.length];
        Arrays.fill(oneValue, bytes[0]);
        if (Arrays.equals(bytes, oneValue)) {
            throw new IllegalArgumentException("the master key is one byte " + LENGTH
                    + " times, which anybody can guess; expected random bytes, for example from: openssl rand -base64 "
                    + LENGTH);
        }
        this.bytes = bytes.clone();
        this.id = idOf(bytes);
    }

    /**
     * Reads a key from a file that contains exactly 32 bytes, or their base64 text.
     *
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if the file contains something else
     */
    public static MasterKey fromFile(Path file) throws IOException {
        byte[] content;
        try (InputStream in = Files.newInputStream(file)) {
            content = in.readNBytes(MAX_FILE_BYTES + 1);
        }
        try {
            if (content.length == LENGTH) {
                return new MasterKey(content);
            }
            if (content.length > MAX_FILE_BYTES) {
                throw new IllegalArgumentException(
                        "has more than " + MAX_FILE_BYTES + " bytes; expected " + LENGTH + ", or their base64 text");
            }
            return fromBase64(text(content));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("master key file " + file + ": " + e.getMessage());
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    /** Base64 is ASCII, so what editors add for UTF-8 and UTF-16 can be left out. */
    private static String text(byte[] content) {
        return new String(content, StandardCharsets.ISO_8859_1).replaceAll("[\\x00\\x80-\\xFF]", "");
    }

    /**
     * Reads a key from its base64 text; white space around it is ignored.
     *
     * @throws IllegalArgumentException if the text is not base64 of 32 bytes
     */
    public static MasterKey fromBase64(String text) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text.strip().replace('-', '+').replace('_', '/'));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the master key is not base64; expected the base64 text of " + LENGTH
                    + " random bytes, for example from: openssl rand -base64 " + LENGTH);
        }
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("the master key has " + bytes.length + " bytes; expected " + LENGTH
                    + ", for example from: openssl rand -base64 " + LENGTH);
        }
        return new MasterKey(bytes);
    }

    /** A new random key. */
    public static MasterKey random() {
        byte[] bytes = new byte[LENGTH];
        new SecureRandom().nextBytes(bytes);
        return new MasterKey(bytes);
    }

    /** The text that {@link #fromBase64} reads, for writing a new key to its file. This text is the secret itself. */
    public String toBase64() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** A short digest that identifies the key and does not reveal it; stored with everything that the key encrypts. */
    public String id() {
        return id;
    }

    private static String idOf(byte[] bytes) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update("report-store master key id".getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(sha256.digest(bytes), 0, 6);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "MasterKey[" + id + "]";
    }
}

package org.trackerreports.store.internal.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a token or a link: a prefix, an id and a random secret.
 *
 * @param secret 32 random bytes in base64url
 */
record SecretText(String prefix, String id, String secret) {

    static final String TOKEN = "trt";
    static final String SHARE = "trs";

    private static final String ID_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";
    private static final int ID_LENGTH = 8;
    private static final int SECRET_BYTES = 32;
    private static final Pattern TEXT = Pattern.compile("(trt|trs)_([a-z2-9]{8})_([A-Za-z0-9_-]{43})");

    static SecretText random(String prefix, SecureRandom random) {
        StringBuilder id = new StringBuilder();
        for (int i = 0; i < ID_LENGTH; i++) {
            id.append(ID_LETTERS.charAt(random.nextInt(ID_LETTERS.length())));
        }
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return new SecretText(
                prefix, id.toString(), Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    /** Reads a text; empty if it does not look like one with this prefix. */
    static Optional<SecretText> parse(String prefix, String text) {
        Matcher parts = TEXT.matcher(text);
        return parts.matches() && parts.group(1).equals(prefix)
                ? Optional.of(new SecretText(prefix, parts.group(2), parts.group(3)))
                : Optional.empty();
    }

    byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no SHA-256", e);
        }
    }

    /** Compares in constant time. */
    boolean hasHash(byte[] stored) {
        return MessageDigest.isEqual(hash(), stored);
    }

    String text() {
        return prefix + "_" + id + "_" + secret;
    }

    @Override
    public String toString() {
        return "SecretText[hidden]";
    }
}

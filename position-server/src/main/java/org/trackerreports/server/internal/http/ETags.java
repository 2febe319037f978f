package org.trackerreports.server.internal.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** Weak entity tags: the same content can be sent compressed or not. */
public final class ETags {

    private static final int BYTES = 12;

    private ETags() {}

    /** The tag of a content, or of what determines it. */
    public static String of(byte[] content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            return "W/\"" + HexFormat.of().formatHex(Arrays.copyOf(hash, BYTES)) + "\"";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no SHA-256", e);
        }
    }

    /** The tag of what determines a content. */
    public static String of(String determining) {
        return of(determining.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether a client that sends this {@code If-None-Match} has what the tag stands for. */
    public static boolean matches(Optional<String> ifNoneMatch, String tag) {
        return ifNoneMatch
                .map(value -> Arrays.stream(value.split(","))
                        .map(String::strip)
                        .anyMatch(each -> each.equals("*") || opaque(each).equals(opaque(tag))))
                .orElse(false);
    }

    private static String opaque(String tag) {
        return tag.startsWith("W/") ? tag.substring(2) : tag;
    }
}

package org.trackerreports.findmy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Made-up keys, reports and logins with their expected results, computed by two programs that are not this one. */
public final class Vectors {

    private static final JsonNode ALL = load();

    private Vectors() {}

    /** A top-level member. */
    public static JsonNode get(String member) {
        JsonNode node = ALL.get(member);
        if (node == null) {
            throw new IllegalArgumentException("no vectors named " + member);
        }
        return node;
    }

    /** The elements of an array. */
    public static Stream<JsonNode> each(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    /** The bytes of a hexadecimal member. */
    public static byte[] hex(JsonNode node, String member) {
        return HexFormat.of().parseHex(node.get(member).asText());
    }

    /** The bytes of a base64 member. */
    public static byte[] base64(JsonNode node, String member) {
        return Base64.getDecoder().decode(node.get(member).asText());
    }

    private static JsonNode load() {
        try (InputStream in = Vectors.class.getResourceAsStream("protocol-vectors.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

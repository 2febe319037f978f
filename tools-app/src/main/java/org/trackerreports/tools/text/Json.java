package org.trackerreports.tools.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** JSON for scripts. Field names do not change. */
public final class Json {

    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private Json() {}

    public static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    public static void print(JsonNode tree, PrintWriter out) {
        try {
            out.println(MAPPER.writeValueAsString(tree));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts and numbers cannot be written as JSON", e);
        }
    }

    /** A time as scripts read it, or null. */
    public static @Nullable String time(Optional<Instant> time) {
        return time.map(Instant::toString).orElse(null);
    }
}

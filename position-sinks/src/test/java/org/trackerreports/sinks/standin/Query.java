package org.trackerreports.sinks.standin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads a query, or a form. */
final class Query {

    private Query() {}

    static Map<String, String> parse(String query) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String part : query.split("&")) {
            String[] sides = part.split("=", 2);
            if (values.put(URLDecoder.decode(sides[0], UTF_8), URLDecoder.decode(sides[1], UTF_8)) != null) {
                throw new IllegalArgumentException("twice: " + sides[0]);
            }
        }
        return values;
    }
}

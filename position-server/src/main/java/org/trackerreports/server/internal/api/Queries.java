package org.trackerreports.server.internal.api;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.trackerreports.server.internal.http.WebRequest;
import org.trackerreports.server.route.Request;

/** The query of a request as text. */
final class Queries {

    private Queries() {}

    /** The query with another value of one parameter. */
    static String with(Request request, String name, String value) {
        List<String> parts = parts(request, name);
        parts.add(encoded(name) + "=" + encoded(value));
        return String.join("&", parts);
    }

    static String text(Request request) {
        return String.join("&", parts(request, ""));
    }

    private static List<String> parts(Request request, String without) {
        List<String> parts = new ArrayList<>();
        ((WebRequest) request).parameters().forEach(field -> {
            if (!field.getName().equals(without)) {
                field.getValues().forEach(value -> parts.add(encoded(field.getName()) + "=" + encoded(value)));
            }
        });
        return parts;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

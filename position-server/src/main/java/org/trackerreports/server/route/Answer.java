package org.trackerreports.server.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** An answer to a request. Immutable. */
public final class Answer {

    private static final String JSON = "application/json";

    private final int status;
    private final Map<String, String> headers;
    private final Body body;

    /** What follows the headers. */
    public sealed interface Body {

        /** Which of the bodies this is. */
        enum Kind {
            BYTES,
            STREAM
        }

        Kind kind();

        /** A body that is there as a whole. */
        record Bytes(byte[] content) implements Body {

            @Override
            public Kind kind() {
                return Kind.BYTES;
            }
        }

        /** A body that is made while it is sent. */
        record Stream(StreamWriter writer) implements Body {

            @Override
            public Kind kind() {
                return Kind.STREAM;
            }
        }
    }

    private Answer(int status, Map<String, String> headers, Body body) {
        this.status = status;
        this.headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        this.body = Objects.requireNonNull(body, "body");
    }

    /** Status 200 with JSON. */
    public static Answer json(JsonNode body) {
        return json(200, body);
    }

    public static Answer json(int status, JsonNode body) {
        return text(status, JSON, body.toString());
    }

    /**
     * A text.
     *
     * @param mediaType without a charset, which is always UTF-8
     */
    public static Answer text(int status, String mediaType, String text) {
        return bytes(
                status,
                mediaType.startsWith("text/") ? mediaType + ";charset=utf-8" : mediaType,
                text.getBytes(StandardCharsets.UTF_8));
    }

    public static Answer bytes(int status, String mediaType, byte[] body) {
        return new Answer(status, Map.of("Content-Type", mediaType), new Body.Bytes(body));
    }

    /** Status 204. */
    public static Answer noContent() {
        return empty(204);
    }

    /** A status without a body. */
    public static Answer empty(int status) {
        return new Answer(status, Map.of(), new Body.Bytes(new byte[0]));
    }

    /** Status 200 with a body that is made while it is sent. */
    public static Answer stream(String mediaType, StreamWriter writer) {
        return new Answer(200, Map.of("Content-Type", mediaType), new Body.Stream(writer));
    }

    /** Says what is wrong, as RFC 9457 has it. */
    public static Answer problem(int status, String title, String detail) {
        return problem(status, title, detail, "");
    }

    /**
     * Says what is wrong, and what to do about it.
     *
     * @param nextStep for a person; empty if the detail says it
     */
    public static Answer problem(int status, String title, String detail, String nextStep) {
        ObjectNode problem = JsonNodeFactory.instance
                .objectNode()
                .put("type", "about:blank")
                .put("title", title)
                .put("status", status)
                .put("detail", detail);
        if (!nextStep.isEmpty()) {
            problem.put("next_step", nextStep);
        }
        return text(status, "application/problem+json", problem.toString()).withHeader("Cache-Control", "no-store");
    }

    /** The same answer with this header, in place of one of that name. */
    public Answer withHeader(String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(name, value);
        return new Answer(status, all, body);
    }

    /** The same answer with another status. */
    public Answer withStatus(int other) {
        return new Answer(other, headers, body);
    }

    public int status() {
        return status;
    }

    /** In the order in which they were given. */
    public Map<String, String> headers() {
        return headers;
    }

    public Body body() {
        return body;
    }

    @Override
    public String toString() {
        return "Answer[" + status + "]";
    }
}

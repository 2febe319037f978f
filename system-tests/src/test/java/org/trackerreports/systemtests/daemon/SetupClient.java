package org.trackerreports.systemtests.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Calls the set-up of a server as its page does. Every answer must be as the API is described. */
final class SetupClient {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BOUNDARY = "----a-boundary-that-no-file-has";

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI server;
    private final Optional<String> token;
    private Optional<ApiDescription> description = Optional.empty();

    private SetupClient(URI server, Optional<String> token) {
        this.server = server;
        this.token = token;
    }

    /**
     * A caller without a token.
     *
     * @param server its address, such as {@code http://127.0.0.1:8467/}
     */
    SetupClient(URI server) {
        this(server, Optional.empty());
    }

    /** The same with a token. */
    SetupClient with(String newToken) {
        return new SetupClient(server, Optional.of(newToken));
    }

    /** An answer. */
    record Answered(int status, JsonNode body) {

        JsonNode ok() {
            assertThat(status).as(String.valueOf(body)).isEqualTo(200);
            return body;
        }

        String text(String field) {
            return body.path(field).asText();
        }
    }

    Answered get(String path) throws IOException, InterruptedException {
        return call("GET", path, BodyPublishers.noBody(), "application/json");
    }

    Answered delete(String path) throws IOException, InterruptedException {
        return call("DELETE", path, BodyPublishers.noBody(), "application/json");
    }

    Answered post(String path, ObjectNode body) throws IOException, InterruptedException {
        return call("POST", path, BodyPublishers.ofString(body.toString()), "application/json");
    }

    Answered patch(String path, ObjectNode body) throws IOException, InterruptedException {
        return call("PATCH", path, BodyPublishers.ofString(body.toString()), "application/json");
    }

    static ObjectNode json() {
        return JSON.createObjectNode();
    }

    JsonNode state() throws IOException, InterruptedException {
        return get("").ok();
    }

    /** The state of a step. */
    String stepState(String step) throws IOException, InterruptedException {
        for (JsonNode each : state().get("steps")) {
            if (each.get("step").asText().equals(step)) {
                return each.get("state").asText();
            }
        }
        throw new AssertionError("no step " + step);
    }

    /** A sign-in up to its next step. */
    Answered signIn(String appleId, String password) throws IOException, InterruptedException {
        return post("/sign-ins", json().put("apple_id", appleId).put("password", password));
    }

    /**
     * Sends key files.
     *
     * @param files the contents by name
     * @param fields further parts of the form
     */
    JsonNode send(Map<String, byte[]> files, Map<String, String> fields) throws IOException, InterruptedException {
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            part(form, "name=\"file\"; filename=\"" + file.getKey() + "\"", file.getValue());
        }
        for (Map.Entry<String, String> field : fields.entrySet()) {
            part(form, "name=\"" + field.getKey() + "\"", field.getValue().getBytes(StandardCharsets.UTF_8));
        }
        form.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        return call(
                        "POST",
                        "/imports",
                        BodyPublishers.ofByteArray(form.toByteArray()),
                        "multipart/form-data; boundary=" + BOUNDARY)
                .ok();
    }

    private static void part(ByteArrayOutputStream form, String disposition, byte[] content) {
        String head = "--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n";
        form.writeBytes(head.getBytes(StandardCharsets.UTF_8));
        form.writeBytes(content);
        form.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    /** As the server itself tells it. */
    private ApiDescription description() throws IOException, InterruptedException {
        if (description.isEmpty()) {
            HttpRequest request = HttpRequest.newBuilder(server.resolve("/api/v1/openapi.json"))
                    .build();
            description = Optional.of(new ApiDescription(
                    http.send(request, BodyHandlers.ofString()).body()));
        }
        return description.get();
    }

    private Answered call(String method, String path, BodyPublisher body, String type)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve("/api/v1/setup" + path))
                .method(method, body)
                .header("Content-Type", type)
                .header("Origin", server.getScheme() + "://" + server.getAuthority());
        token.ifPresent(text -> request.header("Authorization", "Bearer " + text));
        HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
        if (!response.body().isEmpty()) {
            description().requireDescribed(method, "/api/v1/setup" + path, response.statusCode(), response.body());
        }
        return new Answered(
                response.statusCode(), response.body().isEmpty() ? JSON.nullNode() : JSON.readTree(response.body()));
    }
}

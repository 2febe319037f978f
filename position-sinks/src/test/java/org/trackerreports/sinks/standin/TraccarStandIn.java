package org.trackerreports.sinks.standin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.trackerreports.sinks.standin.HttpStandIn.Answer;
import org.trackerreports.sinks.standin.HttpStandIn.Request;

/**
 * Traccar's OsmAnd port and its API for devices: it takes what {@code OsmAndProtocolDecoder} of Traccar 6.14.5 (commit 9e5c458a of
 * 2026-08-21) takes, keeps what that would keep, and refuses what it would get wrong without a word.
 */
public final class TraccarStandIn implements AutoCloseable {

    /** A row of the table of positions. */
    public record Position(
            String device,
            double latitude,
            double longitude,
            Instant time,
            double accuracy,
            Map<String, String> attributes) {}

    private static final String TOKEN = "RzBFAiEA";
    private static final Set<String> OWN = Set.of("id", "lat", "lon", "timestamp", "accuracy", "valid");

    private final HttpStandIn server = new HttpStandIn(this::answer);
    private final Set<String> devices = new ConcurrentSkipListSet<>();
    private final List<Position> positions = Collections.synchronizedList(new ArrayList<>());
    private final List<String> faults = Collections.synchronizedList(new ArrayList<>());

    public TraccarStandIn(String... known) {
        devices.addAll(List.of(known));
    }

    private Answer answer(Request request) {
        if (request.uri().getPath().equals("/api/devices")) {
            return device(request);
        }
        if (!request.uri().getPath().equals("/")) {
            return Answer.of(404);
        }
        try {
            String query = request.uri().getRawQuery();
            return position(Query.parse(query == null ? request.text() : query));
        } catch (RuntimeException e) {
            faults.add(e.toString());
            return Answer.of(400);
        }
    }

    private Answer position(Map<String, String> values) {
        if (!devices.contains(values.getOrDefault("id", ""))) {
            return Answer.of(400);
        }
        long timestamp = Long.parseLong(values.get("timestamp"));
        require(timestamp < Integer.MAX_VALUE, "a timestamp that is read as milliseconds");
        require("true".equals(values.getOrDefault("valid", "true")), "a position that is not valid");
        require(!values.containsKey("batt"), "an invented percentage of a battery");
        require(!values.containsKey("speed") && !values.containsKey("altitude"), "invented speeds or heights");
        Map<String, String> attributes = new TreeMap<>(values);
        attributes.keySet().removeAll(OWN);
        positions.add(new Position(
                values.get("id"),
                number(values.get("lat"), 90),
                number(values.get("lon"), 180),
                Instant.ofEpochSecond(timestamp),
                Double.parseDouble(values.getOrDefault("accuracy", "0")),
                attributes));
        return Answer.of(200);
    }

    private static double number(String text, double most) {
        double value = Double.parseDouble(text);
        require(Math.abs(value) <= most, "a latitude or longitude out of range");
        return value;
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    private Answer device(Request request) {
        if (!request.header("Authorization").equals("Bearer " + TOKEN)) {
            return Answer.of(401);
        }
        try {
            JsonNode device = new ObjectMapper().readTree(request.text());
            require(request.method().equals("POST"), "not POST");
            require(request.header("Content-Type").startsWith("application/json"), "not JSON");
            require(!device.path("name").asText().isBlank(), "a device without name");
            return devices.add(device.path("uniqueId").asText())
                    ? new Answer(200, "application/json", request.text())
                    : new Answer(400, "text/plain", "Duplicate entry");
        } catch (JsonProcessingException e) {
            return Answer.of(400);
        }
    }

    /** The address of the OsmAnd port, and of the web interface. */
    public URI url() {
        return server.url("/");
    }

    /** The token of a user who may add devices. */
    public String token() {
        return TOKEN;
    }

    public Set<String> devices() {
        return Set.copyOf(devices);
    }

    public List<Position> positions() {
        return List.copyOf(positions);
    }

    /** What it had to refuse because it would be stored wrongly. */
    public List<String> faults() {
        return List.copyOf(faults);
    }

    public HttpStandIn server() {
        return server;
    }

    @Override
    public void close() {
        server.close();
    }
}

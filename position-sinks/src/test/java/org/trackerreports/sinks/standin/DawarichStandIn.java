package org.trackerreports.sinks.standin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.trackerreports.sinks.standin.HttpStandIn.Answer;
import org.trackerreports.sinks.standin.HttpStandIn.Request;

/**
 * Dawarich's door for Overland batches, written from {@code api/v1/overland/batches_controller.rb} and {@code overland/params.rb} of 1.7.5 (commit
 * 60734dc4 of 2026-05-04): one point for each position, second and account; 500 for the whole batch if one point of it cannot be
 * stored; points without geometry or time are skipped without a word, which is a fault here.
 */
public final class DawarichStandIn implements AutoCloseable {

    private static final String KEY = "5c9c8f3a";
    private static final int MOST = 1_000;

    /** A point is one only with all of these equal. */
    public record Point(double longitude, double latitude, Instant time) {}

    private final HttpStandIn server = new HttpStandIn(this::answer);
    private final Map<Point, String> points = new LinkedHashMap<>();
    private final List<String> faults = new ArrayList<>();
    private Predicate<Point> bad = point -> false;
    private boolean healthy = true;

    private synchronized Answer answer(Request request) {
        String path = request.uri().getPath();
        if (path.equals("/base/api/v1/health")) {
            return healthy ? new Answer(200, "application/json", "{\"status\":\"ok\"}") : Answer.of(500);
        }
        if (!path.equals("/base/api/v1/overland/batches") || !request.method().equals("POST")) {
            return Answer.of(404);
        }
        if (!request.header("Authorization").equals("Bearer " + KEY)) {
            return Answer.of(401);
        }
        try {
            return batch(new ObjectMapper().readTree(request.text()).path("locations"));
        } catch (JsonProcessingException | RuntimeException e) {
            faults.add(e.toString());
            return Answer.of(400);
        }
    }

    private Answer batch(JsonNode locations) {
        require(locations.isArray() && locations.size() <= MOST, "too many locations");
        Map<Point, String> read = new LinkedHashMap<>();
        for (JsonNode feature : locations) {
            require(feature.path("type").asText().equals("Feature"), "not a feature");
            JsonNode geometry = feature.path("geometry");
            require(
                    geometry.path("type").asText().equals("Point")
                            && geometry.path("coordinates").size() == 2,
                    "point");
            JsonNode properties = feature.path("properties");
            require(!properties.path("device_id").asText().isEmpty(), "a point without device_id joins other tracks");
            require(!properties.has("battery_level"), "an invented level of a battery");
            double longitude = geometry.path("coordinates").get(0).doubleValue();
            double latitude = geometry.path("coordinates").get(1).doubleValue();
            require(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180, "coordinates are longitude, latitude");
            Instant time = Instant.parse(properties.path("timestamp").asText());
            read.put(
                    new Point(longitude, latitude, time),
                    properties.path("device_id").asText());
        }
        if (!healthy || read.keySet().stream().anyMatch(bad)) {
            return new Answer(500, "application/json", "{\"error\":\"Batch creation failed\"}");
        }
        points.putAll(read);
        return new Answer(201, "application/json", "{\"result\":\"ok\"}");
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** Cannot store such points. */
    public synchronized void cannotStore(Predicate<Point> points) {
        bad = points;
    }

    /** Whether it works at all. */
    public synchronized void healthy(boolean works) {
        healthy = works;
    }

    public URI url() {
        return server.url("/base");
    }

    public String key() {
        return KEY;
    }

    /** The devices of the points, in the order in which they came. */
    public synchronized Map<Point, String> points() {
        return new LinkedHashMap<>(points);
    }

    public synchronized List<String> faults() {
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

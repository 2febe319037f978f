package org.trackerreports.sinks.standin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.trackerreports.sinks.standin.HttpStandIn.Answer;
import org.trackerreports.sinks.standin.HttpStandIn.Request;

/**
 * The HTTP door of an OwnTracks recorder, written from {@code http.c} and {@code recorder.c} of 1.0.1 (commit ae2fd296 of 2026-06-14): it answers 200 and an array to whatever comes, keeps what it can read under the user and device of
 * the query, and its "last" moves only forward in time. What the real one would lose silently is a fault here.
 */
public final class OwnTracksStandIn implements AutoCloseable {

    private final HttpStandIn server = new HttpStandIn(this::answer);
    private final Map<String, JsonNode> last = new ConcurrentSkipListMap<>();
    private final Map<String, List<JsonNode>> stored = new ConcurrentSkipListMap<>();
    private final List<String> faults = Collections.synchronizedList(new ArrayList<>());

    private Answer answer(Request request) {
        try {
            store(request);
        } catch (JsonProcessingException | RuntimeException e) {
            faults.add(e.toString());
        }
        return new Answer(200, "application/json", "[]");
    }

    private void store(Request request) throws JsonProcessingException {
        require(request.uri().getPath().equals("/pub") && request.method().equals("POST"), "not POST /pub");
        Map<String, String> query = Query.parse(request.uri().getRawQuery());
        require(query.containsKey("u") && query.containsKey("d"), "would be filed under owntracks/phone");
        JsonNode message = new ObjectMapper().readTree(request.text());
        checkLocation(message);
        String device = query.get("u") + "/" + query.get("d");
        stored.computeIfAbsent(device, name -> Collections.synchronizedList(new ArrayList<>()))
                .add(message);
        last.merge(
                device,
                message,
                (old, now) -> now.path("tst").asLong() > old.path("tst").asLong() ? now : old);
    }

    /** Throws if a message is not a location as the recorder reads it. */
    public static void checkLocation(JsonNode message) {
        require(message.path("_type").asText().equals("location"), "not a location");
        require(
                Math.abs(message.path("lat").doubleValue()) <= 90
                        && message.path("lat").isNumber(),
                "lat");
        require(
                Math.abs(message.path("lon").doubleValue()) <= 180
                        && message.path("lon").isNumber(),
                "lon");
        require(message.path("tst").isIntegralNumber() && message.path("tst").asLong() < Integer.MAX_VALUE, "tst");
        JsonNode accuracy = message.path("acc");
        require(accuracy.isMissingNode() || accuracy.isIntegralNumber() && accuracy.asLong() >= 0, "acc");
        require(message.path("tid").asText().length() == 2, "tid");
        require(message.path("created_at").isIntegralNumber(), "created_at");
        require(!message.has("_id") && !message.has("batt"), "members that it does not know or that are invented");
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    public URI url() {
        return server.url("/pub");
    }

    /** The newest position of a device. */
    public JsonNode last(String device) {
        return last.get(device);
    }

    public Map<String, List<JsonNode>> stored() {
        return stored;
    }

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

package org.trackerreports.core.movement;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.trackerreports.movement.PlaceState;
import org.trackerreports.movement.PlaceState.Pending;
import org.trackerreports.movement.PlaceState.Point;

/** Writes the state of a fold as JSON, and reads it. */
final class PlaceStates {

    private static final ObjectMapper JSON = new ObjectMapper();

    private PlaceStates() {}

    static String toJson(PlaceState state) {
        ObjectNode json = JSON.createObjectNode();
        state.inside().ifPresent(inside -> json.put("inside", inside));
        state.pending()
                .ifPresent(pending ->
                        json.putObject("pending").put("count", pending.count()).set("first", point(pending.first())));
        state.after().ifPresent(after -> json.set("after", point(after)));
        return json.toString();
    }

    static PlaceState fromJson(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            JsonNode pending = json.path("pending");
            return new PlaceState(
                    json.has("inside") ? Optional.of(json.get("inside").asBoolean()) : Optional.empty(),
                    pending.isMissingNode()
                            ? Optional.empty()
                            : Optional.of(new Pending(pending.get("count").asInt(), point(pending.get("first")))),
                    json.has("after") ? Optional.of(point(json.get("after"))) : Optional.empty());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the state of a place is not JSON", e);
        }
    }

    private static ObjectNode point(Point point) {
        return JSON.createObjectNode()
                .put("time", point.time().toString())
                .put("digest", point.digest().toString());
    }

    private static Point point(JsonNode json) {
        return new Point(
                Instant.parse(json.get("time").asText()),
                UUID.fromString(json.get("digest").asText()));
    }
}

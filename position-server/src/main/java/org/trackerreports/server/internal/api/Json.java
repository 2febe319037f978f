package org.trackerreports.server.internal.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.trackerreports.store.history.HistoryBucket;
import org.trackerreports.store.history.LatestPosition;
import org.trackerreports.store.place.Transition;
import org.trackerreports.store.report.Position;
import org.trackerreports.store.report.ReportContent;
import org.trackerreports.store.report.StoredReport;

/** Values of the store as JSON, with the names that the command line uses. */
public final class Json {

    private Json() {}

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    public static @Nullable String time(Optional<Instant> time) {
        return time.map(Instant::toString).orElse(null);
    }

    public static ObjectNode labels(Map<String, String> labels) {
        ObjectNode json = object();
        new TreeMap<>(labels).forEach(json::put);
        return json;
    }

    static ArrayNode texts(Collection<String> texts) {
        ArrayNode json = array();
        texts.stream().sorted().forEach(json::add);
        return json;
    }

    static ObjectNode position(LatestPosition position) {
        ObjectNode json = object().put("event_time", position.timestamp().toString())
                .put("received_time", position.receivedAt().toString())
                .put("lat", position.latitude())
                .put("lon", position.longitude());
        accuracy(json, position.horizontalAccuracy());
        json.put("confidence", position.confidence())
                .put("nearest_city", position.nearestCity().orElse(null));
        json.set("flags", texts(position.flags()));
        return json;
    }

    static ObjectNode report(StoredReport report) {
        return content(
                object().put("id", digest(report))
                        .put("event_time", report.timestamp().toString())
                        .put("received_time", report.receivedAt().toString()),
                report.content());
    }

    /**
     * Adds a transition.
     *
     * @param place the name of its place; null if that was removed
     */
    public static ObjectNode transition(ObjectNode json, Transition transition, @Nullable String place) {
        return json.put("id", transition.id().toString())
                .put("revision", transition.revision())
                .put("place", place)
                .put("place_id", transition.placeId())
                .put("direction", transition.direction().text())
                .put("event_time", transition.eventTime().toString())
                .put("decided_time", transition.decidedTime().toString())
                .put("recorded_time", transition.recordedAt().toString())
                .put("late", transition.late())
                .put("withdrawn", transition.withdrawn());
    }

    /** The digest of a report in 32 hexadecimal digits. */
    public static String digest(StoredReport report) {
        return report.digest().toString().replace("-", "");
    }

    /** Adds the decoded part of a report. */
    public static ObjectNode content(ObjectNode json, ReportContent content) {
        Optional<Position> position = content.position();
        json.put("lat", position.map(Position::latitude).orElse(null))
                .put("lon", position.map(Position::longitude).orElse(null));
        accuracy(json, content.horizontalAccuracy());
        json.put("confidence", content.confidence());
        json.put(
                        "status",
                        content.status().isPresent()
                                ? Integer.valueOf(content.status().getAsInt())
                                : null)
                .put("battery", battery(content.status()).orElse(null))
                .put("nearest_city", content.nearestCity().orElse(null));
        json.set("flags", texts(content.flags()));
        return json;
    }

    /**
     * The battery class in bits 7–6 of the status byte, as the role {@code move} reads it: self-made trackers that do not report
     * their battery send 0.
     */
    private static Optional<String> battery(OptionalInt status) {
        if (status.isEmpty() || status.getAsInt() == 0) {
            return Optional.empty();
        }
        return Optional.of(
                switch (status.getAsInt() >> 6) {
                    case 0 -> "full";
                    case 1 -> "medium";
                    case 2 -> "low";
                    default -> "critical";
                });
    }

    static ObjectNode bucket(HistoryBucket bucket) {
        ObjectNode json = object().put("start_time", bucket.start().toString())
                .put("reports", bucket.reportCount())
                .put("first_time", bucket.firstTime().toString())
                .put("last_time", bucket.lastTime().toString())
                .put("lat", bucket.position().latitude())
                .put("lon", bucket.position().longitude());
        accuracy(json, bucket.horizontalAccuracy());
        return json.put("confidence", bucket.confidence())
                .put("nearest_city", bucket.nearestCity().orElse(null))
                .put("flagged", bucket.flagged());
    }

    static void accuracy(ObjectNode json, OptionalDouble metres) {
        if (metres.isPresent()) {
            json.put("accuracy_m", metres.getAsDouble());
        } else {
            json.putNull("accuracy_m");
        }
    }
}

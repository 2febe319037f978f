package org.trackerreports.sinks.webhook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.trackerreports.sinks.SightingEvent;
import org.trackerreports.sinks.SightingEvent.PlaceTransition;
import org.trackerreports.sinks.SightingEvent.Report;
import org.trackerreports.sinks.SightingEvent.TrackerChange;
import org.trackerreports.sinks.SightingEvent.TrackerCondition;
import org.trackerreports.sinks.internal.text.Json;

/** Writes an event as JSON. */
final class EventJson {

    private EventJson() {}

    /** The event with its id, type and time. Source of the envelope: Standard Webhooks 1.0.0, "payload structure". */
    static ObjectNode enveloped(SightingEvent event) {
        ObjectNode envelope = Json.object();
        envelope.put("id", event.id());
        envelope.put("type", event.type());
        envelope.put("timestamp", event.noticedTime().toString());
        envelope.set("data", data(event));
        return envelope;
    }

    /** What happened. */
    static ObjectNode data(SightingEvent event) {
        ObjectNode data = Json.object();
        switch (event.kind()) {
            case REPORT -> report((Report) event, data);
            case TRANSITION -> transition((PlaceTransition) event, data);
            case CONDITION -> condition((TrackerCondition) event, data);
            case TRACKER -> change((TrackerChange) event, data);
        }
        return data;
    }

    private static void report(Report report, ObjectNode data) {
        tracker(report, data);
        data.put("event_time", report.eventTime().toString());
        data.put("received_time", report.receivedTime().toString());
        data.put(
                "lag_seconds",
                Math.max(
                        0,
                        Duration.between(report.eventTime(), report.receivedTime())
                                .toSeconds()));
        data.put("lat", report.latitude());
        data.put("lon", report.longitude());
        if (report.accuracy().isPresent()) {
            data.put("accuracy_m", report.accuracy().getAsDouble());
        } else {
            data.putNull("accuracy_m");
        }
        data.put("confidence", report.confidence());
        data.put("battery", report.battery().orElse(null));
        report.flags().stream().sorted().forEach(data.putArray("flags")::add);
        data.put("nearest_city", report.nearestCity().orElse(null));
    }

    private static void transition(PlaceTransition transition, ObjectNode data) {
        data.put("id", transition.transition().toString());
        data.put("revision", transition.revision());
        tracker(transition, data);
        data.put("place", transition.placeName());
        data.put("place_id", transition.placeId());
        data.put("direction", transition.entered() ? "entered" : "left");
        data.put("event_time", transition.eventTime().toString());
        data.put("decided_time", transition.decidedTime().toString());
        data.put("recorded_time", transition.recordedTime().toString());
        data.put("withdrawn", transition.withdrawn());
    }

    private static void condition(TrackerCondition condition, ObjectNode data) {
        tracker(condition, data);
        data.put("event_time", condition.eventTime().toString());
        data.put("recorded_time", condition.recordedTime().toString());
        for (Map.Entry<String, String> value : new TreeMap<>(condition.data()).entrySet()) {
            if (value.getKey().endsWith("_seconds") && value.getValue().matches("\\d{1,18}")) {
                data.put(value.getKey(), Long.parseLong(value.getValue()));
            } else {
                data.put(value.getKey(), value.getValue());
            }
        }
    }

    private static void change(TrackerChange change, ObjectNode data) {
        tracker(change, data);
    }

    private static void tracker(SightingEvent event, ObjectNode data) {
        data.put("position", event.place().isEmpty() ? null : event.place());
        data.put("tracker", event.tracker().name());
        data.put("tracker_id", event.tracker().id());
        ObjectNode labels = data.putObject("labels");
        new TreeMap<>(event.tracker().labels()).forEach(labels::put);
    }
}

package org.trackerreports.sinks.webhook;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.trackerreports.sinks.SightingEvent;
import org.trackerreports.sinks.internal.text.Json;

/**
 * A request of a webhook.
 *
 * @param id the same whenever the same events are sent
 */
record WebhookMessage(String id, String contentType, byte[] body) {

    private static final String JSON = "application/json";

    /** The message for events, as many as the format takes and at least one. */
    static WebhookMessage of(WebhookFormat format, List<SightingEvent> events) {
        SightingEvent first = events.get(0);
        return switch (format.kind()) {
            case SINGLE -> new WebhookMessage(first.id(), JSON, Json.bytes(EventJson.enveloped(first)));
            case BATCH -> new WebhookMessage(batchId(events), JSON, Json.bytes(batch(events)));
            case CLOUD_EVENTS ->
                new WebhookMessage(
                        first.id(),
                        "application/cloudevents+json; charset=UTF-8",
                        Json.bytes(cloudEvent(((WebhookFormat.CloudEvents) format).source(), first)));
            case CLOUD_EVENTS_BATCH -> {
                ArrayNode all = Json.array();
                String source = ((WebhookFormat.CloudEventsBatch) format).source();
                events.forEach(event -> all.add(cloudEvent(source, event)));
                yield new WebhookMessage(
                        batchId(events), "application/cloudevents-batch+json; charset=UTF-8", Json.bytes(all));
            }
            case TEXT ->
                new WebhookMessage(
                        first.id(),
                        "text/plain; charset=UTF-8",
                        EventText.bytes(((WebhookFormat.Text) format).template(), first));
        };
    }

    private static String batchId(List<SightingEvent> events) {
        SightingEvent first = events.get(0);
        return "bat_" + (first.place().isEmpty() ? first.id() : first.place()) + "_" + events.size();
    }

    private static ObjectNode batch(List<SightingEvent> events) {
        ObjectNode batch = Json.object();
        batch.put("id", batchId(events));
        batch.put("type", "report.batch");
        batch.put("timestamp", events.get(events.size() - 1).noticedTime().toString());
        ArrayNode all = batch.putObject("data").putArray("events");
        events.forEach(event -> all.add(EventJson.enveloped(event)));
        return batch;
    }

    /** Source: CloudEvents 1.0.2, "JSON event format". */
    private static ObjectNode cloudEvent(String source, SightingEvent event) {
        ObjectNode cloud = Json.object();
        cloud.put("specversion", "1.0");
        cloud.put("id", event.id());
        cloud.put("source", source);
        cloud.put("type", event.type());
        cloud.put("time", event.noticedTime().toString());
        cloud.put("subject", Long.toString(event.tracker().id()));
        cloud.put("datacontenttype", JSON);
        cloud.set("data", EventJson.data(event));
        return cloud;
    }
}

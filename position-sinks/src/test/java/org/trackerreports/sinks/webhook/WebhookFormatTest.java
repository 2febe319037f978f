package org.trackerreports.sinks.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudevents.CloudEvent;
import io.cloudevents.jackson.JsonFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.trackerreports.sinks.Delivery;
import org.trackerreports.sinks.SightedTracker;
import org.trackerreports.sinks.standin.Events;
import org.trackerreports.sinks.standin.HttpStandIn.Request;

/** What a webhook is sent. */
class WebhookFormatTest extends WebhookFixture {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void sendsTheDocumentedObject() throws Exception {
        try (WebhookSink sink = sink(new WebhookFormat.Single(), SECRET)) {
            assertThat(sink.deliver(List.of(Events.report(4)))).isEqualTo(new Delivery.Done());
        }
        Request request = receiver.requests().get(0);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.uri()).hasToString("/hook?key=1");
        assertThat(request.header("Content-Type")).isEqualTo("application/json");
        assertThat(request.header("webhook-id")).isEqualTo("rep_00000000000000000000000000000004_812");
        assertThat(JSON.readTree(request.body())).isEqualTo(JSON.readTree("""
                {"id":"rep_00000000000000000000000000000004_812","type":"report.stored","timestamp":"2026-11-28T10:25:44Z",
                 "data":{"position":"812-4","tracker":"Bike","tracker_id":17,"labels":{"owner":"anna"},
                  "event_time":"2026-11-28T10:04:00Z","received_time":"2026-11-28T10:25:44Z","lag_seconds":1304,
                  "lat":52.104,"lon":13.2,"accuracy_m":34.0,"confidence":2,"battery":"full","flags":[],
                  "nearest_city":"Berlin, DE"}}"""));
    }

    @Test
    void sendsNullForWhatIsNotKnownAndEveryKindOfEvent() throws Exception {
        try (WebhookSink sink = sink(new WebhookFormat.Single(), SECRET)) {
            assertThat(sink.deliver(List.of(
                            Events.bareReport(1),
                            Events.transition(1, false),
                            Events.transition(2, true),
                            Events.heardAgain())))
                    .isEqualTo(new Delivery.Done());
        }
        List<JsonNode> bodies = new ArrayList<>();
        for (Request request : receiver.requests()) {
            bodies.add(JSON.readTree(request.body()));
        }
        assertThat(bodies)
                .extracting(body -> body.path("type").asText())
                .containsExactly("report.revised", "place.left", "place.transition_withdrawn", "tracker.heard_again");
        JsonNode bare = bodies.get(0).path("data");
        assertThat(bare.path("tracker").asText()).isEqualTo("Ännes \"Rad\" & <Boot>");
        assertThat(List.of(bare.get("accuracy_m"), bare.get("battery"), bare.get("nearest_city")))
                .allMatch(JsonNode::isNull);
        assertThat(bare.get("flags")).isEqualTo(JSON.readTree("[\"COARSE\",\"UNCONFIRMED\"]"));
        assertThat(bodies.get(1).path("data")).isEqualTo(JSON.readTree("""
                {"position":"820-1","id":"00000000-0000-0000-0000-0000000000aa","revision":1,"tracker":"Bike","tracker_id":17,
                 "labels":{"owner":"anna"},"place":"Home","place_id":3,"direction":"left","event_time":"2026-11-28T10:00:00Z",
                 "decided_time":"2026-11-28T10:01:00Z","recorded_time":"2026-11-28T10:10:00Z","withdrawn":false}"""));
        assertThat(bodies.get(3).path("data").path("silent_seconds").asLong()).isEqualTo(108_000);
    }

    @Test
    void aBatchHasEachEventWithItsOwnId() throws Exception {
        try (WebhookSink sink = sink(new WebhookFormat.Batch(2), SECRET)) {
            assertThat(sink.deliver(reports(3))).isEqualTo(new Delivery.Done());
        }
        assertThat(receiver.requests())
                .extracting(request -> request.header("webhook-id"))
                .containsExactly("bat_812-0_2", "bat_812-2_1");
        JsonNode batch = JSON.readTree(receiver.requests().get(0).body());
        assertThat(batch.path("type").asText()).isEqualTo("report.batch");
        assertThat(batch.path("data").path("events").findValuesAsText("id"))
                .containsExactly(Events.report(0).id(), Events.report(1).id());
    }

    @Test
    void writesCloudEventsThatAnotherLibraryReads() {
        try (WebhookSink sink = sink(new WebhookFormat.CloudEvents("urn:example:home"), SECRET)) {
            sink.deliver(List.of(Events.report(1), Events.transition(1, false)));
        }
        List<CloudEvent> read = receiver.requests().stream()
                .map(request -> new JsonFormat().deserialize(request.body()))
                .toList();
        assertThat(read).extracting(CloudEvent::getType).containsExactly("report.stored", "place.left");
        assertThat(read.get(0)).satisfies(event -> {
            assertThat(event.getId()).isEqualTo(Events.report(1).id());
            assertThat(event.getSource()).hasToString("urn:example:home");
            assertThat(event.getSubject()).isEqualTo("17");
            assertThat(event.getTime().toInstant()).isEqualTo(Events.report(1).receivedTime());
            assertThat(event.getDataContentType()).isEqualTo("application/json");
        });
        assertThat(receiver.requests().get(0).header("Content-Type")).startsWith("application/cloudevents+json");
        assertThat(receiver.requests().get(0).header("webhook-signature")).startsWith("v1,");
    }

    @Test
    void writesBatchesOfCloudEvents() throws Exception {
        try (WebhookSink sink = sink(new WebhookFormat.CloudEventsBatch("urn:example:home", 100), SECRET)) {
            sink.deliver(reports(3));
        }
        assertThat(receiver.requests()).singleElement().satisfies(request -> {
            assertThat(request.header("Content-Type")).startsWith("application/cloudevents-batch+json");
            for (JsonNode event : JSON.readTree(request.body())) {
                assertThat(new JsonFormat()
                                .deserialize(JSON.writeValueAsBytes(event))
                                .getType())
                        .isEqualTo("report.stored");
            }
        });
    }

    @Test
    void fillsInATextForPeopleWhateverNamesTrackersHave() {
        String template = "{tracker} {event} ({place}{city}) at {time}, {unknown}";
        try (WebhookSink sink = sink(new WebhookFormat.Text(template))) {
            sink.deliver(List.of(
                    Events.report(0),
                    Events.transition(1, false),
                    Events.transition(2, true),
                    Events.report(1, new SightedTracker(9, "{time} $1 \\", Map.of()), Events.TIME)));
        }
        assertThat(receiver.requests())
                .extracting(Request::text)
                .containsExactly(
                        "Bike was seen near Berlin, DE (Berlin, DE) at 2026-11-28T10:00:00Z, {unknown}",
                        "Bike left Home (Home) at 2026-11-28T10:00:00Z, {unknown}",
                        "Bike has not left Home after all (Home) at 2026-11-28T10:00:00Z, {unknown}",
                        "{time} $1 \\ was seen near Berlin, DE (Berlin, DE) at 2026-11-28T10:00:00Z, {unknown}");
        assertThat(receiver.requests()).allSatisfy(request -> {
            assertThat(request.header("Content-Type")).isEqualTo("text/plain; charset=UTF-8");
            assertThat(request.header("webhook-signature")).isEmpty();
        });
    }
}

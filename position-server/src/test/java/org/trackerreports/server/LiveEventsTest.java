package org.trackerreports.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.trackerreports.server.settings.ServerListener;
import org.trackerreports.server.support.EventClient;
import org.trackerreports.server.support.EventClient.Event;
import org.trackerreports.server.support.TestServer;
import org.trackerreports.server.support.TestStore;
import org.trackerreports.store.access.TokenScope;
import org.trackerreports.store.report.NewReport;

/** Streams of what happens. */
class LiveEventsTest {

    private static final Instant SEEN = Instant.parse("2026-11-29T10:00:00Z");
    private static final String KEY = TestStore.newKey();
    private static final String OTHER_KEY = TestStore.newKey();

    private static final CountDownLatch CUT = new CountDownLatch(1);

    private static TestStore data;
    private static TestServer server;
    private static long bike;
    private static int second;

    @BeforeAll
    static void start() {
        data = new TestStore(Clock.systemUTC());
        bike = data.addTracker("Bike", Map.of("client", "acme"), KEY);
        data.addTracker("Other", Map.of(), OTHER_KEY);
        data.judge();
        ServerListener listener = new ServerListener() {
            @Override
            public void streamCut() {
                CUT.countDown();
            }
        };
        server = new TestServer(
                data.dataSource(), Clock.systemUTC(), List.of(), listener, settings -> settings.eventStreams(100));
    }

    @AfterEach
    void removeTokens() {
        data.store.tokens().list().forEach(token -> data.store.tokens().remove(token.name()));
    }

    @AfterAll
    static void stop() {
        server.close();
        data.close();
    }

    private static NewReport report(String key) {
        return TestStore.report(key, SEEN.plusSeconds(++second), 52.5, 13.4);
    }

    private static void store(NewReport... reports) {
        data.insert(reports);
        data.judge();
    }

    private static JsonNode data(Event event) {
        return TestServer.parsed(event.data()).path("data");
    }

    @Test
    void tellsWhatIsStoredOnceItIsJudged() {
        try (EventClient client = new EventClient(server, "")) {
            assertThat(client.head)
                    .contains("Content-Type: text/event-stream", "Cache-Control: no-store", "X-Accel-Buffering: no");
            NewReport report = report(KEY);
            store(report);

            Event event = client.next();

            assertThat(event.type()).isEqualTo("position");
            assertThat(event.id()).matches("\\d+-1");
            JsonNode envelope = TestServer.parsed(event.data());
            assertThat(envelope.path("type").asText()).isEqualTo("report.stored");
            assertThat(envelope.path("timestamp").asText())
                    .isEqualTo(report.timestamp().toString());
            JsonNode shown = envelope.path("data");
            assertThat(shown.path("tracker").asText()).isEqualTo("Bike");
            assertThat(shown.path("tracker_id").asLong()).isEqualTo(bike);
            assertThat(shown.path("labels").toString()).isEqualTo("{\"client\":\"acme\"}");
            assertThat(shown.path("position").asText()).isEqualTo(event.id());
            assertThat(shown.path("lag_seconds").asInt()).isEqualTo(1_200);
            assertThat(shown.path("lat").asDouble()).isEqualTo(52.5);
            assertThat(shown.path("battery").asText()).isEqualTo("medium");
        }
    }

    @Test
    void beginsWithTheTimeToWaitAndAPlace() throws IOException {
        try (EventClient client = new EventClient(server, "")) {
            assertThat(client.line()).isEqualTo("retry: 5000");
            assertThat(client.line()).matches("id: \\d+-\\d+");
        }
    }

    @Test
    void goesOnAfterTheLastEventOfTheReader() {
        String before = server.json("/api/v1/trackers").path("feed").asText();
        store(report(KEY), report(KEY), report(KEY));
        List<String> ids = new ArrayList<>();
        try (EventClient client = new EventClient(server, "?after=" + before)) {
            for (int i = 0; i < 3; i++) {
                ids.add(client.next().id());
            }
        }
        store(report(KEY));

        try (EventClient client = new EventClient(server, "?after=" + before, "Last-Event-ID", ids.get(1))) {
            assertThat(client.next().id()).isEqualTo(ids.get(2));
            Event next = client.next();
            assertThat(next.id()).isNotIn(ids);
            store(report(KEY));
            assertThat(client.next().id()).isNotIn(ids).isNotEqualTo(next.id());
        }
        assertThat(ids).doesNotHaveDuplicates();
    }

    /** More than a stream may have waiting: it is told in parts. */
    @Test
    void tellsALongPastCompletely() {
        String before = server.json("/api/v1/trackers").path("feed").asText();
        int number = 1_500;
        NewReport[] many = new NewReport[number];
        for (int i = 0; i < number; i++) {
            many[i] = report(KEY);
        }
        store(many);

        try (EventClient client = new EventClient(server, "?after=" + before)) {
            Instant last = Instant.MIN;
            for (int i = 0; i < number; i++) {
                Instant time =
                        Instant.parse(data(client.next()).path("event_time").asText());
                assertThat(time).isAfter(last);
                last = time;
            }
        }
    }

    @Test
    void aPlaceThatTheFeedDoesNotHaveMeansToBeginAgain() {
        try (EventClient client = new EventClient(server, "?after=999999999-1")) {
            assertThat(client.next().type()).isEqualTo("reset");
            store(report(KEY));
            assertThat(client.next().type()).isEqualTo("position");
        }
        assertThat(server.get("/api/v1/events?after=x").statusCode()).isEqualTo(400);
    }

    @Test
    void tellsOnlyOfTheTrackersOfTheTokenAndTheQuery() {
        String token = "Bearer " + data.token("acme", TokenScope.READ, Map.of("client", "acme"));
        try (EventClient client = new EventClient(server, "", "Authorization", token);
                EventClient all = new EventClient(server, "?types=position")) {
            store(report(OTHER_KEY));
            store(report(KEY));

            assertThat(data(client.next()).path("tracker").asText()).isEqualTo("Bike");
            assertThat(data(all.next()).path("tracker").asText()).isEqualTo("Other");
            assertThat(data(all.next()).path("tracker").asText()).isEqualTo("Bike");
        }
    }

    @Test
    void tellsOfChangedAndRemovedTrackers() {
        String token = "Bearer " + data.token("room", TokenScope.READ, Map.of("room", "a"));
        long id = data.addTracker("Moved", Map.of("room", "a"));
        data.judge();
        // Its reader of the feed is where the feed is now.
        try (TestServer own = new TestServer(data.dataSource(), Clock.systemUTC());
                EventClient all = new EventClient(own, "?types=tracker");
                EventClient room = new EventClient(own, "", "Authorization", token)) {
            data.store.trackers().rename(id, "Renamed");
            data.judge();
            assertThat(TestServer.parsed(all.next().data())
                            .path("data")
                            .path("name")
                            .asText())
                    .isEqualTo("Renamed");
            assertThat(TestServer.parsed(room.next().data()).path("type").asText())
                    .isEqualTo("tracker.changed");

            data.store.trackers().changeLabels(id, Map.of("room", "b"), List.of());
            data.judge();
            assertThat(TestServer.parsed(all.next().data()).path("type").asText())
                    .isEqualTo("tracker.changed");
            assertThat(room.next().data())
                    .isEqualTo("{\"type\":\"tracker.removed\",\"timestamp\":null,\"data\":{\"id\":" + id + "}}");

            data.store.trackers().remove(id, true);
            data.judge();
            assertThat(TestServer.parsed(all.next().data()).path("type").asText())
                    .isEqualTo("tracker.removed");
        }
    }

    @Test
    void moreStreamsThanAllowedAreRefused() {
        List<EventClient> clients = new ArrayList<>();
        AtomicInteger open = new AtomicInteger();
        ServerListener listener = new ServerListener() {
            @Override
            public void streamsOpen(int number) {
                open.set(number);
            }
        };
        try (TestServer small = new TestServer(
                data.dataSource(), Clock.systemUTC(), List.of(), listener, settings -> settings.eventStreams(3))) {
            for (int i = 0; i < 4; i++) {
                clients.add(new EventClient(small, ""));
            }

            assertThat(clients.subList(0, 3))
                    .allSatisfy(client -> assertThat(client.head.get(0)).isEqualTo("HTTP/1.1 200 OK"));
            assertThat(clients.get(3).head.get(0)).startsWith("HTTP/1.1 503 ");
            assertThat(clients.get(3).head).contains("Retry-After: 30");
            assertThat(open).hasValue(3);
        } finally {
            clients.forEach(EventClient::close);
        }
    }

    @Test
    void aReaderThatDoesNotReadIsCutAndTheOthersAreNot() throws InterruptedException {
        try (EventClient lazy = new EventClient(server, "?types=position");
                EventClient reader = new EventClient(server, "?types=position")) {
            for (int round = 0; round < 60 && CUT.getCount() > 0; round++) {
                NewReport[] many = new NewReport[500];
                for (int i = 0; i < many.length; i++) {
                    many[i] = report(KEY);
                }
                store(many);
                for (int i = 0; i < many.length; i++) {
                    reader.next();
                }
            }

            assertThat(CUT.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(lazy.hasEnded()).isTrue();
        }
    }
}

package org.trackerreports.sinks.homeassistant;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trackerreports.sinks.Delivery;
import org.trackerreports.sinks.PublishedPositions;
import org.trackerreports.sinks.SightedTracker;
import org.trackerreports.sinks.SightingEvent;
import org.trackerreports.sinks.connection.Credentials;
import org.trackerreports.sinks.connection.MqttAddress;
import org.trackerreports.sinks.standin.Events;
import org.trackerreports.sinks.standin.Mosquitto;
import org.trackerreports.sinks.standin.OldBroker;
import org.trackerreports.sinks.standin.Subscriber;
import org.trackerreports.sinks.standin.Subscriber.Message;
import org.trackerreports.testsupport.MovableClock;

class HomeAssistantSinkTest {

    private static final String CONFIG = "homeassistant/device/trackerreports_17/config";
    private static final String STATE = "trackerreports/17/state";
    private static final String HEARD = "trackerreports/17/heard";
    private static final String BRIDGE = "trackerreports/bridge";
    private static final Delivery DONE = new Delivery.Done();

    private final PublishedPositions published = PublishedPositions.inMemory();
    private final MovableClock clock = new MovableClock(Events.TIME.plusSeconds(3_600));

    @TempDir
    private Path directory;

    private Mosquitto broker;

    @BeforeEach
    void startBroker() {
        broker = Mosquitto.start(directory);
    }

    @AfterEach
    void closeBroker() {
        if (broker != null) {
            broker.close();
        }
    }

    private HomeAssistantSink sink(MqttAddress address, Optional<Duration> staleAfter) {
        return new HomeAssistantSink(new HomeAssistantSettings(
                address, "homeassistant", "trackerreports", staleAfter, "1.2.3", published, clock, new Random(1)));
    }

    private HomeAssistantSink sink() {
        return sink(MqttAddress.of(broker.url()), Optional.empty());
    }

    private static Delivery deliver(HomeAssistantSink sink, SightingEvent... events) {
        return sink.deliver(List.of(events));
    }

    @Test
    void makesADeviceAndShowsItsPosition() throws Exception {
        try (HomeAssistantSink sink = sink()) {
            assertThat(deliver(sink, Events.report(1), Events.transition(1, false)))
                    .isEqualTo(DONE);
            Map<String, String> retained = Subscriber.retained(broker.port());
            assertThat(retained).containsOnlyKeys(CONFIG, STATE, HEARD, BRIDGE);
            Map<String, JsonNode> components = DiscoveryRules.check(CONFIG, retained.get(CONFIG));
            assertThat(components).containsOnlyKeys("position", "last_seen", "accuracy", "battery");
            DiscoveryRules.checkState(retained.get(STATE), components);
            assertThat(new ObjectMapper().readTree(retained.get(STATE))).isEqualTo(new ObjectMapper().readTree("""
                    {"latitude":52.101,"longitude":13.2,"gps_accuracy":34,"last_seen":"2026-11-28T10:01:00+00:00",
                     "battery":"full","confidence":2,"nearest_city":"Berlin, DE"}"""));
            assertThat(components.get("position").path("default_entity_id").asText())
                    .isEqualTo("device_tracker.bike");
            assertThat(components.get("position").has("stat_t")).isFalse();
            assertThat(retained).containsEntry(BRIDGE, "online").containsEntry(HEARD, "online");
        }
        assertThat(Subscriber.retained(broker.port()))
                .as("nobody tells any more")
                .containsEntry(BRIDGE, "offline");
    }

    @Test
    void holdsTheRulesForATrackerOfWhichLittleIsKnownAndForNamesThatGetInTheWay() throws Exception {
        SightedTracker battery = new SightedTracker(21, "Battery", Map.of());
        SightedTracker signs = new SightedTracker(22, "🚲", Map.of());
        try (HomeAssistantSink sink = sink()) {
            deliver(
                    sink,
                    Events.bareReport(1),
                    Events.report(1, battery, Events.TIME),
                    Events.report(2, signs, Events.TIME));
        }
        Map<String, String> retained = Subscriber.retained(broker.port());
        for (int tracker : new int[] {18, 21, 22}) {
            String topic = "homeassistant/device/trackerreports_" + tracker + "/config";
            DiscoveryRules.checkState(
                    retained.get("trackerreports/" + tracker + "/state"),
                    DiscoveryRules.check(topic, retained.get(topic)));
        }
        assertThat(new ObjectMapper()
                        .readTree(retained.get("trackerreports/18/state"))
                        .path("gps_accuracy")
                        .asInt())
                .isEqualTo(255);
    }

    @Test
    void publishesOnlyTheNewestAndNothingOlderAlsoAfterARestart() {
        try (Subscriber subscriber = new Subscriber(broker.port())) {
            try (HomeAssistantSink sink = sink()) {
                deliver(sink, Events.report(2), Events.report(3), Events.report(1));
            }
            try (HomeAssistantSink sink = sink()) {
                deliver(sink, Events.report(2), Events.wrong(Events.report(9)));
            }
            assertThat(subscriber.untilNow().stream()
                            .filter(message -> message.topic().equals(STATE)))
                    .singleElement()
                    .satisfies(message -> {
                        assertThat(message.text()).contains("52.103");
                        assertThat(message.retained()).isTrue();
                        assertThat(message.qos()).isEqualTo(1);
                    });
        }
    }

    @Test
    void sendsEverythingAgainWhenHomeAssistantStarts() {
        try (HomeAssistantSink sink = sink();
                Subscriber home = new Subscriber(broker.port())) {
            deliver(sink, Events.report(1));
            home.untilNow();
            home.publish("homeassistant/status", "online");
            Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> {
                deliver(sink);
                clock.advance(Duration.ofSeconds(1));
                return home.untilNow().stream()
                        .map(Message::topic)
                        .toList()
                        .containsAll(List.of(BRIDGE, CONFIG, STATE));
            });
        }
    }

    @Test
    void aTrackerThatIsRenamedKeepsItsDeviceAndARemovedOneLosesIt() {
        try (HomeAssistantSink sink = sink()) {
            deliver(sink, Events.report(1));
            deliver(sink, Events.change(new SightedTracker(17, "Annas Rad", Map.of()), false));
            assertThat(Subscriber.retained(broker.port()).get(CONFIG)).contains("\"name\":\"Annas Rad\"");
            deliver(sink, Events.change(new SightedTracker(17, "", Map.of()), true));
            assertThat(Subscriber.retained(broker.port())).containsOnlyKeys(BRIDGE);
            assertThat(published.all()).isEmpty();
        }
    }

    @Test
    void aTrackerThatIsNotHeardBecomesUnavailableAndComesBack() {
        try (HomeAssistantSink sink = sink(MqttAddress.of(broker.url()), Optional.of(Duration.ofHours(2)))) {
            deliver(sink, Events.report(1));
            assertThat(Subscriber.retained(broker.port())).containsEntry(HEARD, "online");
            clock.advance(Duration.ofHours(2));
            deliver(sink);
            assertThat(Subscriber.retained(broker.port())).containsEntry(HEARD, "offline");
            deliver(sink, Events.report(150));
            assertThat(Subscriber.retained(broker.port())).containsEntry(HEARD, "online");
        }
    }

    @Test
    void theBrokerSaysThatItIsGoneWhenItsConnectionBreaks() throws Exception {
        try (CutConnection cut = new CutConnection(broker.port());
                HomeAssistantSink sink = sink(MqttAddress.of(cut.url()), Optional.empty())) {
            deliver(sink, Events.report(1));
            cut.cut();
            Awaitility.await()
                    .atMost(20, TimeUnit.SECONDS)
                    .until(() -> Subscriber.retained(broker.port()).get(BRIDGE).equals("offline"));
            Awaitility.await()
                    .atMost(20, TimeUnit.SECONDS)
                    .until(() -> deliver(sink).equals(DONE));
            assertThat(Subscriber.retained(broker.port())).containsEntry(BRIDGE, "online");
        }
    }

    @Test
    void goesOnAfterTheBrokerWasAway() {
        try (HomeAssistantSink sink = sink()) {
            deliver(sink, Events.report(1));
            broker.kill();
            Awaitility.await()
                    .atMost(20, TimeUnit.SECONDS)
                    .until(() -> deliver(sink, Events.report(2)) instanceof Delivery.TryLater);
            broker.startAgain();
            assertThat(deliver(sink, Events.report(2))).isEqualTo(DONE);
            assertThat(Subscriber.retained(broker.port())).containsKeys(CONFIG, STATE, BRIDGE);
        }
    }

    @Test
    void speaksTheOldProtocolToABrokerThatKnowsNoOther() throws Exception {
        try (OldBroker old = new OldBroker(broker.port());
                HomeAssistantSink sink = sink(MqttAddress.of(old.url()), Optional.empty())) {
            assertThat(deliver(sink, Events.report(1))).isEqualTo(DONE);
            assertThat(old.refused()).isEqualTo(1);
            assertThat(Subscriber.retained(broker.port())).containsKeys(CONFIG, STATE, HEARD);
        }
        assertThat(Subscriber.retained(broker.port())).containsEntry(BRIDGE, "offline");
    }

    @Test
    void givesUserAndPasswordAndSaysIfTheyAreRefused() throws Exception {
        broker.close();
        broker = Mosquitto.withPassword(directory, "anna", "geheim");
        MqttAddress address = MqttAddress.of(broker.url());
        try (HomeAssistantSink sink =
                sink(address.withCredentials(new Credentials("anna", "geheim")), Optional.empty())) {
            assertThat(deliver(sink, Events.report(1))).isEqualTo(DONE);
        }
        for (MqttAddress wrong : List.of(address, address.withCredentials(new Credentials("anna", "falsch")))) {
            try (HomeAssistantSink sink = sink(wrong, Optional.empty())) {
                assertThat(deliver(sink, Events.report(1))).isInstanceOfSatisfying(Delivery.TryLater.class, later -> {
                    assertThat(later.credentials()).isTrue();
                    assertThat(later.reason()).contains("refuses").doesNotContain("falsch");
                });
            }
        }
    }
}

package org.trackerreports.sinks.owntracks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trackerreports.sinks.Delivery;
import org.trackerreports.sinks.PublishedPositions;
import org.trackerreports.sinks.SightedTracker;
import org.trackerreports.sinks.SightingEvent;
import org.trackerreports.sinks.connection.MqttAddress;
import org.trackerreports.sinks.standin.Events;
import org.trackerreports.sinks.standin.Mosquitto;
import org.trackerreports.sinks.standin.OwnTracksStandIn;
import org.trackerreports.sinks.standin.Subscriber;
import org.trackerreports.sinks.standin.Subscriber.Message;

class OwnTracksMqttSinkTest {

    private static final String TOPIC = "owntracks/anna/Bike";

    private final PublishedPositions published = PublishedPositions.inMemory();

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

    /** A new sink each time, as after a restart. */
    private Delivery deliver(SightingEvent... events) {
        try (OwnTracksMqttSink sink =
                new OwnTracksMqttSink(new OwnTracksMqttSettings(MqttAddress.of(broker.url()), "anna", published))) {
            return sink.deliver(List.of(events));
        }
    }

    @Test
    void retainsTheNewestAndPublishesWhatComesLateWithoutThat() throws Exception {
        try (Subscriber recorder = new Subscriber(broker.port())) {
            assertThat(deliver(Events.report(5), Events.report(3))).isEqualTo(new Delivery.Done());
            assertThat(deliver(Events.report(4))).isEqualTo(new Delivery.Done());
            List<Message> messages = recorder.next(3);
            assertThat(messages).extracting(Message::topic).containsOnly(TOPIC);
            assertThat(messages).extracting(Message::retained).containsExactly(true, true, false);
            for (Message message : messages) {
                OwnTracksStandIn.checkLocation(new ObjectMapper().readTree(message.text()));
            }
        }
        assertThat(Subscriber.retained(broker.port())).containsOnlyKeys(TOPIC);
        assertThat(Subscriber.retained(broker.port()).get(TOPIC)).contains("52.105");
    }

    @Test
    void aTrackerThatIsRenamedOrRemovedLeavesNothingBehind() {
        deliver(Events.report(1));
        deliver(Events.change(new SightedTracker(17, "Rad", Map.of()), false));
        assertThat(Subscriber.retained(broker.port())).isEmpty();
        deliver(Events.report(2));
        deliver(Events.change(new SightedTracker(17, "", Map.of()), true));
        assertThat(Subscriber.retained(broker.port())).isEmpty();
        assertThat(published.all()).isEmpty();
    }

    @Test
    void waitsForABrokerThatIsAway() {
        broker.kill();
        assertThat(deliver(Events.report(1)))
                .isInstanceOfSatisfying(
                        Delivery.TryLater.class,
                        later -> assertThat(later.reason()).contains("no connection to 127.0.0.1:" + broker.port()));
    }
}

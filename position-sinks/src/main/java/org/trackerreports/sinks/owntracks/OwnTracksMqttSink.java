package org.trackerreports.sinks.owntracks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.trackerreports.sinks.Delivery;
import org.trackerreports.sinks.PublishedPositions.Published;
import org.trackerreports.sinks.SightedTracker;
import org.trackerreports.sinks.SightingEvent;
import org.trackerreports.sinks.SightingEvent.Report;
import org.trackerreports.sinks.SightingEvent.TrackerChange;
import org.trackerreports.sinks.Sink;
import org.trackerreports.sinks.internal.mqtt.MqttConnection;
import org.trackerreports.sinks.internal.mqtt.MqttTrouble;
import org.trackerreports.sinks.internal.text.Positions;

/**
 * Publishes positions for OwnTracks by MQTT, in the order in which they were seen. Only the newest position of a device is retained: a broker
 * would otherwise show an older one, which came late, as the last.
 */
public final class OwnTracksMqttSink implements Sink {

    private final OwnTracksMqttSettings settings;
    private final MqttConnection connection;

    public OwnTracksMqttSink(OwnTracksMqttSettings settings) {
        this.settings = settings;
        this.connection = new MqttConnection(settings.broker(), Optional.empty());
    }

    @Override
    public Delivery deliver(List<SightingEvent> events) {
        Set<String> delivered = new HashSet<>();
        try {
            connection.connect();
            for (Report report : Positions.inEventOrder(events)) {
                publish(report);
                delivered.add(report.id());
            }
            for (SightingEvent event : Positions.others(events)) {
                if (event instanceof TrackerChange change) {
                    forgetFormerName(change);
                }
                delivered.add(event.id());
            }
            return new Delivery.Done();
        } catch (MqttTrouble e) {
            return e.delivery(delivered);
        }
    }

    private void publish(Report report) throws MqttTrouble {
        byte[] message = OwnTracksMessage.of(report);
        Optional<Published> former = settings.published().find(report.tracker().id());
        boolean newest =
                former.isEmpty() || !report.eventTime().isBefore(former.get().eventTime());
        connection.publish(topic(report.tracker()), message, newest);
        if (newest) {
            settings.published().save(new Published(report.tracker(), report.eventTime(), new String(message, UTF_8)));
        }
    }

    private void forgetFormerName(TrackerChange change) throws MqttTrouble {
        Optional<Published> former = settings.published().find(change.tracker().id());
        if (former.isPresent()
                && (change.gone() || !topic(former.get().tracker()).equals(topic(change.tracker())))) {
            connection.publish(topic(former.get().tracker()), new byte[0], true);
            settings.published().remove(change.tracker().id());
        }
    }

    private String topic(SightedTracker tracker) {
        return "owntracks/" + settings.user() + "/" + OwnTracksMessage.device(tracker);
    }

    @Override
    public void close() {
        connection.close();
    }
}

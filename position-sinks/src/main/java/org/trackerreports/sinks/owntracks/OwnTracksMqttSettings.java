package org.trackerreports.sinks.owntracks;

import java.util.Objects;
import org.trackerreports.sinks.PublishedPositions;
import org.trackerreports.sinks.connection.MqttAddress;

/**
 * The settings of OwnTracks by MQTT.
 *
 * @param broker where OwnTracks listens
 * @param user the second part of the topics {@code owntracks/USER/DEVICE}
 * @param published remembers the newest position of each tracker, which alone is retained
 */
public record OwnTracksMqttSettings(MqttAddress broker, String user, PublishedPositions published) {

    public OwnTracksMqttSettings {
        Objects.requireNonNull(broker, "broker");
        Objects.requireNonNull(published, "published");
        if (!user.matches("[^/+#\\s]{1,100}")) {
            throw new IllegalArgumentException("the user is part of a topic: no blank, /, + or #");
        }
    }
}

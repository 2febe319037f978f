package org.trackerreports.sinks.homeassistant;

import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.trackerreports.sinks.PublishedPositions;
import org.trackerreports.sinks.connection.MqttAddress;

/**
 * The settings of Home Assistant.
 *
 * @param broker the broker that Home Assistant uses
 * @param discoveryPrefix what Home Assistant expects devices under; {@code homeassistant} unless it was changed there
 * @param topic the first part of all other topics, and of ids; letters, digits, {@code _} and {@code -}
 * @param staleAfter how long without a report a tracker counts as unavailable; empty for never
 * @param version of this program, shown in Home Assistant
 * @param published remembers the newest position of each tracker
 * @param random spreads what is sent when Home Assistant starts
 */
public record HomeAssistantSettings(
        MqttAddress broker,
        String discoveryPrefix,
        String topic,
        Optional<Duration> staleAfter,
        String version,
        PublishedPositions published,
        Clock clock,
        RandomGenerator random) {

    /** The prefix that Home Assistant has unless it was changed there. */
    public static final String DEFAULT_PREFIX = "homeassistant";

    /** The topic of a system that is alone at its broker. */
    public static final String DEFAULT_TOPIC = "trackerreports";

    public HomeAssistantSettings {
        Objects.requireNonNull(broker, "broker");
        Objects.requireNonNull(staleAfter, "staleAfter");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(published, "published");
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(random, "random");
        if (!discoveryPrefix.matches("[^+#\\s]{1,100}")) {
            throw new IllegalArgumentException("the discovery prefix is a topic without blanks, + and #");
        }
        if (!topic.matches("[A-Za-z0-9_-]{1,50}")) {
            throw new IllegalArgumentException("the topic has letters, digits, _ and - only");
        }
    }
}

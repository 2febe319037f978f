package org.trackerreports.sinks.internal.mqtt;

import java.util.Optional;
import java.util.Set;
import org.trackerreports.sinks.Delivery;

/** The broker cannot be reached, or does not take a message. */
public final class MqttTrouble extends Exception {

    private static final long serialVersionUID = 1;

    private final boolean credentials;

    MqttTrouble(String reason, boolean credentials) {
        super(reason);
        this.credentials = credentials;
    }

    /** What this means for a delivery. */
    public Delivery delivery(Set<String> delivered) {
        return new Delivery.TryLater(
                delivered, Optional.ofNullable(getMessage()).orElse(""), Optional.empty(), credentials);
    }
}

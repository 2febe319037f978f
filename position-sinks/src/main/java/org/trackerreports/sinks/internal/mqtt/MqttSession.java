package org.trackerreports.sinks.internal.mqtt;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A connected client of one version of the protocol. Thread-safe. */
interface MqttSession {

    boolean isConnected();

    /** Publishes with quality of service 1; completes when the broker has the message. */
    CompletableFuture<?> publish(String topic, byte[] message, boolean retained);

    CompletableFuture<?> subscribe(String topic, Consumer<byte[]> received);

    /** Says goodbye, so that the broker publishes no will. */
    CompletableFuture<?> disconnect();
}

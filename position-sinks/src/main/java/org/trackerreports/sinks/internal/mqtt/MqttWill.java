package org.trackerreports.sinks.internal.mqtt;

/** What the broker publishes, retained, when the connection ends without a goodbye. */
public record MqttWill(String topic, String message) {}

/**
 * Delivers positions and what follows from them to other programs: webhooks, Home Assistant, Traccar, OwnTracks, Dawarich.
 *
 * <p>Start with {@link org.trackerreports.sinks.Sink}.
 */
@SuppressWarnings("requires-automatic") // HiveMQ's client has a stable automatic module name, but no module descriptor.
module org.trackerreports.sinks {
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;
    requires com.hivemq.client.mqtt;
    requires java.net.http;
    requires static org.jspecify;
    requires org.slf4j;

    exports org.trackerreports.sinks;
    exports org.trackerreports.sinks.connection;
    exports org.trackerreports.sinks.dawarich;
    exports org.trackerreports.sinks.homeassistant;
    exports org.trackerreports.sinks.owntracks;
    exports org.trackerreports.sinks.traccar;
    exports org.trackerreports.sinks.webhook;
}

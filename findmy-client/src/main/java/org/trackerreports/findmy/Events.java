package org.trackerreports.findmy;

import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes events to the listener and logs what it throws. Thread-safe if the listener is. */
final class Events {

    private static final Logger LOG = LoggerFactory.getLogger(Events.class);

    private final Consumer<ClientEvent> listener;

    Events(Consumer<ClientEvent> listener) {
        this.listener = listener;
    }

    void emit(ClientEvent event) {
        try {
            listener.accept(event);
        } catch (RuntimeException e) {
            LOG.warn("The listener of a Find My client failed at an event of type {}", event.getClass(), e);
        }
    }
}

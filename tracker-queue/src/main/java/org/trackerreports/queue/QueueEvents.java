package org.trackerreports.queue;

import java.util.Objects;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes events to the listener and logs what it throws. Thread-safe if the listener is. */
final class QueueEvents {

    private static final Logger LOG = LoggerFactory.getLogger(QueueEvents.class);

    private final QueueListener listener;

    QueueEvents(QueueListener listener) {
        this.listener = Objects.requireNonNull(listener, "listener");
    }

    void emit(Consumer<QueueListener> event) {
        try {
            event.accept(listener);
        } catch (RuntimeException e) {
            LOG.warn("Queue listener {} failed", listener.getClass().getName(), e);
        }
    }
}

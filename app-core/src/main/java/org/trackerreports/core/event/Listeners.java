package org.trackerreports.core.event;

import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listeners that are told of an event one after the other. A listener that throws disturbs neither the work nor the other listeners;
 * its first exception is logged. Thread-safe.
 *
 * @param <L> the type of listener
 */
public final class Listeners<L> {

    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

    private final List<L> listeners;
    private final Set<L> failed = ConcurrentHashMap.newKeySet();

    @Inject
    public Listeners(Set<L> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    /**
     * Tells every listener of an event.
     *
     * @param method what takes the event
     */
    public <E> void tell(BiConsumer<L, E> method, E event) {
        tell(listener -> method.accept(listener, event));
    }

    /** Tells every listener. */
    public void tell(Consumer<L> event) {
        for (L listener : listeners) {
            try {
                event.accept(listener);
            } catch (RuntimeException e) {
                if (failed.add(listener)) {
                    LOG.warn(
                            "Listener {} failed. The work continues; further failures of this listener are not logged.",
                            listener.getClass().getName(),
                            e);
                }
            }
        }
    }
}

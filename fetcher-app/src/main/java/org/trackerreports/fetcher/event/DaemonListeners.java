package org.trackerreports.fetcher.event;

import jakarta.inject.Inject;
import java.util.Set;
import org.trackerreports.core.event.Listeners;

/** Tells all listeners. Thread-safe. */
public final class DaemonListeners implements DaemonListener {

    private final Listeners<DaemonListener> all;

    @Inject
    public DaemonListeners(Set<DaemonListener> listeners) {
        this.all = new Listeners<>(listeners);
    }

    @Override
    public void turnEnded(TurnEnded event) {
        all.tell(listener -> listener.turnEnded(event));
    }

    @Override
    public void spoolChanged(SpoolChanged event) {
        all.tell(listener -> listener.spoolChanged(event));
    }

    @Override
    public void outageBegan(OutageBegan event) {
        all.tell(listener -> listener.outageBegan(event));
    }

    @Override
    public void outageEnded(OutageEnded event) {
        all.tell(listener -> listener.outageEnded(event));
    }

    @Override
    public void heartbeatSent() {
        all.tell(DaemonListener::heartbeatSent);
    }
}

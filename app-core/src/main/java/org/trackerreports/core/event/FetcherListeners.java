package org.trackerreports.core.event;

import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells all listeners, whatever one of them does. Thread-safe. */
public final class FetcherListeners implements FetcherListener {

    private static final Logger LOG = LoggerFactory.getLogger(FetcherListeners.class);

    private final List<FetcherListener> listeners;

    @Inject
    public FetcherListeners(Set<FetcherListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    @Override
    public void requestEnded(RequestEnded event) {
        tell(listener -> listener.requestEnded(event));
    }

    @Override
    public void batchStored(BatchStored event) {
        tell(listener -> listener.batchStored(event));
    }

    @Override
    public void accountChanged(AccountChanged event) {
        tell(listener -> listener.accountChanged(event));
    }

    @Override
    public void turnEnded(TurnEnded event) {
        tell(listener -> listener.turnEnded(event));
    }

    @Override
    public void spoolChanged(SpoolChanged event) {
        tell(listener -> listener.spoolChanged(event));
    }

    @Override
    public void outageBegan(OutageBegan event) {
        tell(listener -> listener.outageBegan(event));
    }

    @Override
    public void outageEnded(OutageEnded event) {
        tell(listener -> listener.outageEnded(event));
    }

    @Override
    public void anisetteAsked(AnisetteAsked event) {
        tell(listener -> listener.anisetteAsked(event));
    }

    @Override
    public void keeperBeat() {
        tell(FetcherListener::keeperBeat);
    }

    private void tell(Consumer<FetcherListener> event) {
        for (FetcherListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (RuntimeException e) {
                LOG.warn("{} failed; the work goes on.", listener.getClass().getName(), e);
            }
        }
    }
}

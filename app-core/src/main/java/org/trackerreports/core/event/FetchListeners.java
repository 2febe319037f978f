package org.trackerreports.core.event;

import jakarta.inject.Inject;
import java.util.Set;

/** Tells all listeners. Thread-safe. */
public final class FetchListeners implements FetchListener {

    private final Listeners<FetchListener> all;

    @Inject
    public FetchListeners(Set<FetchListener> listeners) {
        this.all = new Listeners<>(listeners);
    }

    @Override
    public void requestEnded(RequestEnded event) {
        all.tell(listener -> listener.requestEnded(event));
    }

    @Override
    public void batchStored(BatchStored event) {
        all.tell(listener -> listener.batchStored(event));
    }

    @Override
    public void accountChanged(AccountChanged event) {
        all.tell(listener -> listener.accountChanged(event));
    }

    @Override
    public void anisetteAsked(AnisetteAsked event) {
        all.tell(listener -> listener.anisetteAsked(event));
    }
}

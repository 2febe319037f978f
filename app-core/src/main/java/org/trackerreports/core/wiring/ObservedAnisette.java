package org.trackerreports.core.wiring;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.trackerreports.core.event.AnisetteAsked;
import org.trackerreports.core.event.FetchListener;
import org.trackerreports.core.event.Listeners;
import org.trackerreports.findmy.anisette.AnisetteData;
import org.trackerreports.findmy.anisette.AnisetteException;
import org.trackerreports.findmy.anisette.AnisetteProvider;

/** Reports how long the anisette server took, unless the data came from the cache. Thread-safe. */
final class ObservedAnisette implements AnisetteProvider {

    private final AnisetteProvider provider;
    private final Listeners<FetchListener> listeners;
    private final Clock clock;
    private volatile @Nullable AnisetteData last;

    ObservedAnisette(AnisetteProvider provider, Listeners<FetchListener> listeners, Clock clock) {
        this.provider = provider;
        this.listeners = listeners;
        this.clock = clock;
    }

    @Override
    public AnisetteData current() throws AnisetteException {
        Instant begin = clock.instant();
        boolean asked = true;
        boolean answered = false;
        try {
            AnisetteData data = provider.current();
            answered = true;
            asked = !data.equals(last);
            last = data;
            return data;
        } finally {
            if (asked) {
                listeners.tell(
                        FetchListener::anisetteAsked,
                        new AnisetteAsked(Duration.between(begin, clock.instant()), answered));
            }
        }
    }
}

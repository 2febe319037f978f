package org.trackerreports.findmy.anisette;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/** Anisette data while it is fresh. Thread-safe: many threads that ask at once cause one request. */
final class FreshData {

    /** One-time passwords change about every 30 s; half of that leaves time to use one. */
    private static final Duration FRESH = Duration.ofSeconds(15);

    private final Clock clock;
    private final AnisetteProvider source;
    private AnisetteData cached;
    private Instant cachedUntil = Instant.MIN;

    FreshData(Clock clock, AnisetteProvider source) {
        this.clock = Objects.requireNonNull(clock, "clock");
        this.source = source;
    }

    synchronized AnisetteData get() throws AnisetteException {
        Instant now = clock.instant();
        if (cached == null || !now.isBefore(cachedUntil)) {
            cached = source.current();
            cachedUntil = now.plus(FRESH);
        }
        return cached;
    }
}

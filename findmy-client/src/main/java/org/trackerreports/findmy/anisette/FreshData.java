package org.trackerreports.findmy.anisette;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Caches anisette data while it is fresh. Thread-safe; concurrent calls cause one request. */
final class FreshData {

    /** One-time passwords change about every 30 s. Half of that leaves time to use one. */
    private static final Duration FRESH = Duration.ofSeconds(15);

    private final Clock clock;
    private final AnisetteProvider source;
    private @Nullable AnisetteData cached;
    private Instant cachedUntil = Instant.MIN;

    FreshData(Clock clock, AnisetteProvider source) {
        this.clock = Objects.requireNonNull(clock, "clock");
        this.source = source;
    }

    synchronized AnisetteData get() throws AnisetteException {
        Instant now = clock.instant();
        AnisetteData data = cached;
        if (data == null || !now.isBefore(cachedUntil)) {
            data = source.current();
            cached = data;
            cachedUntil = now.plus(FRESH);
        }
        return data;
    }
}

package org.trackerreports.findmy;

import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.trackerreports.findmy.fetch.RequestGate;

/**
 * The budget of one account within this process: a limit of requests at once, a rate limit, a smallest gap, and the cool-down. After a
 * cool-down one request tries first; the others follow when it was answered. Thread-safe.
 */
final class LocalRequestGate implements RequestGate {

    private final Clock clock;
    private final Events events;
    private final Semaphore places;
    private final Optional<RateLimiter> limiter;
    private final Duration gap;
    private Instant notBefore = Instant.MIN;
    private boolean coolingDown;
    private boolean trialUnderWay;

    private LocalRequestGate(
            int places, Optional<ClientSettings.RateLimit> limit, Duration gap, Clock clock, Events events) {
        this.places = new Semaphore(places, true);
        this.limiter = limit.map(LocalRequestGate::limiter);
        this.gap = gap;
        this.clock = clock;
        this.events = events;
    }

    static LocalRequestGate of(ClientSettings settings, Clock clock, Events events) {
        return new LocalRequestGate(settings.parallelRequests(), settings.rateLimit(), Duration.ZERO, clock, events);
    }

    /** One after the other, with a gap between the begin of one and the begin of the next. */
    static LocalRequestGate spaced(Duration gap, Clock clock, Events events) {
        return new LocalRequestGate(1, Optional.empty(), gap, clock, events);
    }

    private static RateLimiter limiter(ClientSettings.RateLimit limit) {
        return RateLimiter.of(
                "reports",
                RateLimiterConfig.custom()
                        .limitForPeriod(limit.requests())
                        .limitRefreshPeriod(limit.period())
                        .timeoutDuration(limit.maxWait())
                        .build());
    }

    @Override
    public Permission acquire() {
        try {
            places.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new MustWait(Duration.ZERO, "interrupted before a request was sent");
        }
        boolean granted = false;
        try {
            Permission permission = permission();
            granted = permission instanceof Granted;
            return permission;
        } finally {
            if (!granted) {
                places.release();
            }
        }
    }

    private Permission permission() {
        Optional<Permission> refused = refusedByTime();
        if (refused.isPresent()) {
            return refused.get();
        }
        if (limiter.isPresent() && !limiter.get().acquirePermission()) {
            endTrial();
            return new MustWait(
                    limiter.get().getRateLimiterConfig().getLimitRefreshPeriod(),
                    "the client's own rate limit is used up for now");
        }
        return new Granted();
    }

    private synchronized Optional<Permission> refusedByTime() {
        Instant now = clock.instant();
        if (now.isBefore(notBefore) || trialUnderWay) {
            Duration wait = now.isBefore(notBefore) ? Duration.between(now, notBefore) : Duration.ZERO;
            return Optional.of(new MustWait(
                    wait,
                    coolingDown
                            ? "the report service failed too often and is left alone for a while"
                            : "the last request was too short a time ago"));
        }
        trialUnderWay = coolingDown;
        if (!gap.isZero()) {
            notBefore = now.plus(gap);
        }
        return Optional.empty();
    }

    private synchronized void endTrial() {
        trialUnderWay = false;
    }

    @Override
    public void completed(boolean answered) {
        boolean over;
        synchronized (this) {
            trialUnderWay = false;
            over = coolingDown && answered && !clock.instant().isBefore(notBefore);
            coolingDown &= !over;
        }
        places.release();
        if (over) {
            events.emit(new ClientEvent.CoolDownEnded());
        }
    }

    @Override
    public void coolDown(Duration wait, String reason) {
        synchronized (this) {
            Instant until = clock.instant().plus(wait);
            notBefore = until.isAfter(notBefore) ? until : notBefore;
            coolingDown = true;
        }
        events.emit(new ClientEvent.CoolDownBegan(wait));
    }
}

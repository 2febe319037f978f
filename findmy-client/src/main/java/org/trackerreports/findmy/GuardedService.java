package org.trackerreports.findmy;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.trackerreports.findmy.fetch.FetchOutcome;
import org.trackerreports.findmy.fetch.FetchQuery;
import org.trackerreports.findmy.fetch.ReportService;
import org.trackerreports.findmy.login.Session;

/**
 * The report service behind retry, circuit breaker, rate limit and a limit of requests at once. Each attempt, retries among them,
 * takes from the rate limit and counts for the circuit breaker. Thread-safe.
 */
final class GuardedService {

    private static final FetchOutcome RESTING =
            new FetchOutcome.HeldBack("the report service failed too often lately and is left alone for a while");
    private static final FetchOutcome OVER_LIMIT =
            new FetchOutcome.HeldBack("the client's own rate limit is used up for now");

    /** A service that asks to be left alone for longer is a fault of the service. */
    private static final Duration LONGEST_REST = Duration.ofDays(1);

    private final ReportService service;
    private final ClientSettings settings;
    private final Events events;
    private final Semaphore places;
    private final Retry retry;
    private final CircuitBreaker circuit;
    private final Optional<RateLimiter> limiter;
    private volatile Duration rest;

    GuardedService(ReportService service, ClientSettings settings, Clock clock, Events events) {
        this.service = service;
        this.settings = settings;
        this.events = events;
        this.places = new Semaphore(settings.parallelRequests(), true);
        this.retry = retry(settings.retry());
        this.circuit = circuit(settings.circuit(), clock);
        this.rest = settings.circuit().pause();
        this.limiter = settings.rateLimit().map(GuardedService::limiter);
        circuit.getEventPublisher().onStateTransition(event -> {
            switch (event.getStateTransition().getToState()) {
                case OPEN -> events.emit(new ClientEvent.CircuitOpened(rest));
                case CLOSED -> events.emit(new ClientEvent.CircuitClosed());
                default -> {
                    // Half open: the next request decides.
                }
            }
        });
    }

    /** An attempt and, if it shall be made again, the delay before it. */
    private record Attempt(FetchOutcome outcome, Optional<Duration> delay) {}

    private static Retry retry(ClientSettings.Retry waits) {
        int most = 1 + waits.afterEmptyAnswer().size() + waits.afterFailure().size();
        return Retry.of(
                "reports",
                RetryConfig.<Attempt>custom()
                        .maxAttempts(most)
                        .retryOnResult(attempt -> attempt.delay().isPresent())
                        .retryOnException(e -> false)
                        .intervalBiFunction((number, result) ->
                                result.get().delay().orElseThrow().toMillis())
                        .build());
    }

    private static CircuitBreaker circuit(ClientSettings.Circuit circuit, Clock clock) {
        return CircuitBreaker.of(
                "reports",
                CircuitBreakerConfig.custom()
                        .clock(clock)
                        .currentTimestampFunction(Clock::millis, TimeUnit.MILLISECONDS)
                        .slidingWindow(circuit.failures(), circuit.failures(), SlidingWindowType.COUNT_BASED)
                        .failureRateThreshold(100)
                        .waitDurationInOpenState(circuit.pause())
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .recordResult(outcome -> countsAsFailure((FetchOutcome) outcome))
                        .build());
    }

    private static RateLimiter limiter(ClientSettings.RateLimit limit) {
        return RateLimiter.of(
                "reports",
                RateLimiterConfig.custom()
                        .limitForPeriod(limit.requests())
                        .limitRefreshPeriod(limit.period())
                        .timeoutDuration(limit.mostWait())
                        .build());
    }

    private static boolean countsAsFailure(FetchOutcome outcome) {
        return isFailure(outcome) || outcome instanceof FetchOutcome.EmptyAnswer;
    }

    private static boolean isFailure(FetchOutcome outcome) {
        return outcome instanceof FetchOutcome.ServiceError
                || outcome instanceof FetchOutcome.TimedOut
                || outcome instanceof FetchOutcome.Unreachable;
    }

    /** Asks, and asks again as the settings say. Waits in the calling thread; an interrupt ends the waiting. */
    FetchOutcome fetch(Session session, FetchQuery query) {
        try {
            places.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new FetchOutcome.HeldBack("interrupted before anything was asked");
        }
        try {
            Iterator<Duration> afterEmptyAnswer =
                    settings.retry().afterEmptyAnswer().iterator();
            Iterator<Duration> afterFailure = settings.retry().afterFailure().iterator();
            AtomicReference<FetchOutcome> last = new AtomicReference<>();
            AtomicInteger attempts = new AtomicInteger();
            try {
                retry.executeSupplier(() -> {
                    FetchOutcome outcome = attempt(session, query);
                    last.set(outcome);
                    Optional<Duration> delay = waitAfter(outcome, afterEmptyAnswer, afterFailure);
                    int attempt = attempts.incrementAndGet();
                    delay.ifPresent(time -> events.emit(new ClientEvent.Retrying(outcome, attempt, time)));
                    return new Attempt(outcome, delay);
                });
            } catch (CancellationException e) {
                // The thread was interrupted while it waited for the next attempt: what came of the last one stands.
                Thread.currentThread().interrupt();
            }
            return last.get();
        } finally {
            places.release();
        }
    }

    private static Optional<Duration> waitAfter(
            FetchOutcome outcome, Iterator<Duration> afterEmptyAnswer, Iterator<Duration> afterFailure) {
        if (outcome instanceof FetchOutcome.EmptyAnswer) {
            return next(afterEmptyAnswer);
        }
        return isFailure(outcome) ? next(afterFailure) : Optional.empty();
    }

    private static Optional<Duration> next(Iterator<Duration> waits) {
        return waits.hasNext() ? Optional.of(waits.next()) : Optional.empty();
    }

    private FetchOutcome attempt(Session session, FetchQuery query) {
        if (!circuit.tryAcquirePermission()) {
            return RESTING;
        }
        if (limiter.isPresent() && !limiter.get().acquirePermission()) {
            circuit.releasePermission();
            return OVER_LIMIT;
        }
        long began = circuit.getCurrentTimestamp();
        FetchOutcome outcome;
        try {
            outcome = service.fetch(session, query);
        } catch (RuntimeException | Error e) {
            circuit.releasePermission();
            throw e;
        }
        long took = circuit.getCurrentTimestamp() - began;
        events.emit(new ClientEvent.Requested(query.ids(), outcome, Duration.ofMillis(took)));
        rest = settings.circuit().pause();
        circuit.onResult(took, TimeUnit.MILLISECONDS, outcome);
        if (outcome instanceof FetchOutcome.TooManyRequests refused) {
            rest(refused);
        }
        return outcome;
    }

    private void rest(FetchOutcome.TooManyRequests refused) {
        Duration pause = settings.circuit().pause();
        Duration asked = refused.retryAfter().orElse(pause);
        Duration longer = asked.compareTo(pause) > 0 ? asked : pause;
        rest = longer.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : longer;
        circuit.transitionToOpenStateFor(rest);
    }
}

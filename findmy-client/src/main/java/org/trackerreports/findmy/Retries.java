package org.trackerreports.findmy;

import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.trackerreports.findmy.fetch.FetchOutcome;

/** Asks again after some failures, as the settings say. Each attempt passes the request gate by itself. Thread-safe. */
final class Retries {

    private final ClientSettings.Retry waits;
    private final Events events;
    private final Retry retry;

    /** An attempt and, if another follows, the delay before it. */
    private record Attempt(FetchOutcome outcome, Optional<Duration> delay) {}

    Retries(ClientSettings.Retry waits, Events events) {
        this.waits = waits;
        this.events = events;
        this.retry = Retry.of(
                "reports",
                RetryConfig.<Attempt>custom()
                        .maxAttempts(1
                                + waits.afterEmptyAnswer().size()
                                + waits.afterFailure().size())
                        .retryOnResult(attempt -> attempt.delay().isPresent())
                        .retryOnException(e -> false)
                        .intervalBiFunction((number, result) ->
                                result.get().delay().orElseThrow().toMillis())
                        .build());
    }

    /** The outcome of the last attempt. Waits in the calling thread; an interrupt ends the waiting. */
    FetchOutcome ask(Supplier<FetchOutcome> request) {
        Iterator<Duration> afterEmptyAnswer = waits.afterEmptyAnswer().iterator();
        Iterator<Duration> afterFailure = waits.afterFailure().iterator();
        AtomicReference<FetchOutcome> last = new AtomicReference<>();
        AtomicInteger attempts = new AtomicInteger();
        try {
            retry.executeSupplier(() -> {
                FetchOutcome outcome = request.get();
                last.set(outcome);
                Iterator<Duration> left = switch (outcome.kind()) {
                    case EMPTY_ANSWER -> afterEmptyAnswer;
                    case SERVICE_ERROR, TIMED_OUT, UNREACHABLE -> afterFailure;
                    case ANSWERED,
                            NOT_AUTHORISED,
                            TOO_MANY_REQUESTS,
                            REFUSED,
                            UNREADABLE,
                            NO_ANISETTE,
                            SIGN_IN_NEEDED,
                            HELD_BACK -> List.<Duration>of().iterator();
                };
                Optional<Duration> delay = left.hasNext() ? Optional.of(left.next()) : Optional.empty();
                int attempt = attempts.incrementAndGet();
                delay.ifPresent(time -> events.emit(new ClientEvent.Retrying(outcome, attempt, time)));
                return new Attempt(outcome, delay);
            });
        } catch (CancellationException e) {
            // Interrupted while waiting for the next attempt: the outcome of the last one stands.
            Thread.currentThread().interrupt();
        }
        return Objects.requireNonNull(last.get());
    }
}

package org.trackerreports.fetcher.daemon;

import io.github.resilience4j.core.IntervalFunction;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.core.event.Listeners;
import org.trackerreports.core.failure.Sentences;
import org.trackerreports.fetcher.event.DaemonListener;
import org.trackerreports.fetcher.event.Dependency;
import org.trackerreports.fetcher.event.OutageBegan;
import org.trackerreports.fetcher.event.OutageEnded;

/**
 * An outage of the database or of Redis, shared by all workers: how long to wait before the next attempt, and one log line each for its
 * begin and its end. Thread-safe.
 */
final class Outage {

    private static final Logger LOG = LoggerFactory.getLogger(Outage.class);
    private static final IntervalFunction WAIT =
            IntervalFunction.ofExponentialRandomBackoff(Duration.ofSeconds(1), 2.0, 0.3, Duration.ofMinutes(1));

    private final Dependency dependency;
    private final Listeners<DaemonListener> listeners;
    private final Clock clock;
    private int failures;
    private Instant began = Instant.MIN;
    private Instant nextAttempt = Instant.MIN;

    Outage(Dependency dependency, Listeners<DaemonListener> listeners, Clock clock) {
        this.dependency = dependency;
        this.listeners = listeners;
        this.clock = clock;
    }

    /**
     * Records a failed attempt. Attempts that ran at the same time count as one.
     *
     * @return how long to wait
     */
    synchronized Duration failed(String message) {
        Duration wait = untilNextAttempt();
        if (!wait.isZero()) {
            return wait;
        }
        failures++;
        if (failures == 1) {
            began = clock.instant();
            LOG.warn("Paused: {} Retrying until it succeeds.", Sentences.ended(message));
            listeners.tell(DaemonListener::outageBegan, new OutageBegan(dependency, message));
        } else {
            LOG.debug("Attempt {} failed: {}", failures, message);
        }
        wait = Duration.ofMillis(WAIT.apply(Math.min(failures, 30)));
        nextAttempt = clock.instant().plus(wait);
        return wait;
    }

    /** How long to wait before the next attempt; zero if there is no outage or the next attempt is due. */
    synchronized Duration untilNextAttempt() {
        Instant now = clock.instant();
        return now.isBefore(nextAttempt) ? Duration.between(now, nextAttempt) : Duration.ZERO;
    }

    /**
     * Records a successful attempt.
     *
     * @return whether that ended an outage
     */
    synchronized boolean over() {
        if (failures == 0) {
            return false;
        }
        LOG.info(
                "The {} is available again after {} failed attempts.",
                dependency.name().toLowerCase(Locale.ROOT),
                failures);
        listeners.tell(
                DaemonListener::outageEnded,
                new OutageEnded(dependency, Duration.between(began, clock.instant()), failures));
        failures = 0;
        nextAttempt = Instant.MIN;
        return true;
    }
}

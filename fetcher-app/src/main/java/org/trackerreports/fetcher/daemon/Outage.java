package org.trackerreports.fetcher.daemon;

import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An outage of the database or of Redis, as all workers see it together: how long to wait before the next attempt, one line when it
 * begins, one when it is over. Thread-safe.
 */
final class Outage {

    private static final Logger LOG = LoggerFactory.getLogger(Outage.class);
    private static final IntervalFunction WAIT =
            IntervalFunction.ofExponentialRandomBackoff(Duration.ofSeconds(1), 2.0, 0.3, Duration.ofMinutes(1));

    private final AtomicInteger failures = new AtomicInteger();

    /**
     * An attempt failed.
     *
     * @return how long to wait
     */
    Duration failed(String message) {
        int count = failures.incrementAndGet();
        if (count == 1) {
            LOG.warn("Paused: {}. Trying again until it works.", message);
        } else {
            LOG.debug("Attempt {} failed: {}", count, message);
        }
        return Duration.ofMillis(WAIT.apply(Math.min(count, 30)));
    }

    /**
     * An attempt succeeded.
     *
     * @return whether that ended an outage
     */
    boolean over() {
        int count = failures.getAndSet(0);
        if (count > 0) {
            LOG.info("Works again after {} failed attempts.", count);
        }
        return count > 0;
    }
}

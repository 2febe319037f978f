package org.trackerreports.fetcher.deliver;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.trackerreports.core.time.Times;

/** How long a sink that cannot be reached, or an event that is refused, is left alone. */
final class RetryWaits {

    private static final List<Duration> UNREACHABLE = List.of(
            Duration.ofSeconds(5),
            Duration.ofSeconds(15),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ofMinutes(30));
    private static final List<Duration> REFUSED =
            List.of(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(30));
    private static final double SPREAD = 0.2;

    private final RandomGenerator random;

    RetryWaits(RandomGenerator random) {
        this.random = random;
    }

    /**
     * How long to wait for a sink.
     *
     * @param attempts how often in a row it could not be reached, from 1
     * @param asked how long it asks to be left alone; never makes the wait shorter
     */
    Duration unreachable(int attempts, Optional<Duration> asked) {
        Duration own = UNREACHABLE.get(Math.min(attempts, UNREACHABLE.size()) - 1);
        double factor = 1 - SPREAD + 2 * SPREAD * random.nextDouble();
        return Times.max(Duration.ofMillis(Math.round(own.toMillis() * factor)), asked.orElse(Duration.ZERO));
    }

    /**
     * How long to wait before a refused event is tried again; empty if it was tried often enough.
     *
     * @param tries how often it was refused, from 1
     */
    static Optional<Duration> refused(int tries) {
        return tries <= REFUSED.size() ? Optional.of(REFUSED.get(tries - 1)) : Optional.empty();
    }
}

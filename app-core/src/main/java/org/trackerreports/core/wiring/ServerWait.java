package org.trackerreports.core.wiring;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.core.failure.Failure;
import org.trackerreports.core.failure.Failures;
import org.trackerreports.core.failure.Sentences;

/**
 * Waits at the start of a program until a server is available, as the daemon waits after it lost one later on. What waiting does not help,
 * such as a wrong password, is reported at once. Thread-safe.
 */
public final class ServerWait {

    private static final Logger LOG = LoggerFactory.getLogger(ServerWait.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final int DOUBLINGS = 5;

    private final Optional<Duration> limit;
    private final Clock clock;
    private final Predicate<Duration> pause;
    private volatile Optional<String> waitingFor = Optional.empty();

    /**
     * @param limit how long a server is waited for; empty for as long as it takes
     * @param pause waits; returns false if the program is to end
     */
    ServerWait(Optional<Duration> limit, Clock clock, Predicate<Duration> pause) {
        this.limit = limit;
        this.clock = clock;
        this.pause = pause;
    }

    /** Uses a server. */
    @FunctionalInterface
    interface Attempt<T, E extends Exception> {
        T make() throws E;
    }

    /** The server that is waited for at this moment. */
    public Optional<String> waitingFor() {
        return waitingFor;
    }

    /**
     * Repeats an attempt, with growing pauses, until the server is available.
     *
     * @param server the server's name and address, for people
     * @throws E what the attempt threw last, if waiting does not help or took too long
     */
    <T, E extends Exception> T until(String server, Attempt<T, E> attempt) throws E {
        Instant begin = clock.instant();
        int failures = 0;
        try {
            while (true) {
                try {
                    T result = attempt.make();
                    if (failures > 0) {
                        LOG.info("{} is available.", server);
                    }
                    return result;
                } catch (Exception e) {
                    Failure failure = Failures.of(e);
                    Duration next = pauseAfter(++failures);
                    if (failure.exitCode() != ExitCode.UNAVAILABLE
                            || isOver(begin, next)
                            || !announced(server, failure, failures, next)) {
                        throw e;
                    }
                }
            }
        } finally {
            waitingFor = Optional.empty();
        }
    }

    private boolean isOver(Instant begin, Duration next) {
        Instant attempt = clock.instant().plus(next);
        return limit.isPresent() && attempt.isAfter(begin.plus(limit.get()));
    }

    /** Tells of the 1st, 2nd, 4th, 8th … failure only, and pauses. */
    private boolean announced(String server, Failure failure, int failures, Duration next) {
        if (Integer.bitCount(failures) == 1) {
            LOG.warn(
                    "Waiting for {}{}: {} Next attempt in {} s.",
                    server,
                    limit.map(longest -> ", at most " + longest.toSeconds() + " s")
                            .orElse(""),
                    Sentences.ended(failure.message()),
                    next.toSeconds());
        }
        waitingFor = Optional.of(server);
        return pause.test(next);
    }

    private static Duration pauseAfter(int failures) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, DOUBLINGS));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }
}

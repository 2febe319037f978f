package org.trackerreports.core.embedded;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.trackerreports.core.lifecycle.StopSignal;

/** Repeats an attempt until it succeeds or its time is over. Thread-safe. */
final class Polling {

    /** Waits with the platform's own means. */
    static final Polling SYSTEM = new Polling(new StopSignal()::pause, System::nanoTime);

    private final Predicate<Duration> pause;
    private final LongSupplier nanoTime;

    /** An attempt; empty means that it may succeed later. */
    @FunctionalInterface
    interface Attempt<T> {
        Optional<T> make() throws EmbeddedServersException, IOException;
    }

    /**
     * @param pause waits; returns false if the wait was interrupted and no further attempt shall be made
     * @param nanoTime a clock that only goes forward, in nanoseconds
     */
    Polling(Predicate<Duration> pause, LongSupplier nanoTime) {
        this.pause = pause;
        this.nanoTime = nanoTime;
    }

    /**
     * Makes an attempt at once, and then after each interval.
     *
     * @return the result of the attempt that succeeded; empty if none did within the limit or before an interruption
     */
    <T> Optional<T> poll(Duration limit, Duration interval, Attempt<T> attempt)
            throws EmbeddedServersException, IOException {
        long begin = nanoTime.getAsLong();
        Optional<T> result = attempt.make();
        while (result.isEmpty() && nanoTime.getAsLong() - begin < limit.toNanos() && pause.test(interval)) {
            result = attempt.make();
        }
        return result;
    }
}

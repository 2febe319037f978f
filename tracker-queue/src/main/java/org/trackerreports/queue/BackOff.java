package org.trackerreports.queue;

import java.time.Duration;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * How the wait grows with each attempt of the same kind in a row: usual wait × growth<sup>n</sup>, up to a longest wait,
 * shortened by a random part so that ids which failed together do not come back together.
 *
 * @param growth how many times longer each wait is than the one before; at least 1
 * @param longest the limit; a usual wait that is longer than this stays as it is
 * @param jitter the largest part of a wait that is taken off at random, 0 to 1; small enough that a wait is never shorter
 *     than the one before ({@code growth × (1 − jitter) ≥ 1})
 */
public record BackOff(double growth, Duration longest, double jitter) {

    /** Never waits longer than usual. */
    public static final BackOff NONE = new BackOff(1, Duration.ZERO, 0);

    public BackOff {
        Objects.requireNonNull(longest, "longest");
        if (!(growth >= 1 && growth <= 100)) {
            throw new IllegalArgumentException("growth is " + growth + "; give a number from 1 to 100, such as 2");
        }
        if (longest.isNegative()) {
            throw new IllegalArgumentException("longest is " + longest + "; give a duration such as PT12H");
        }
        if (!(jitter >= 0 && growth * (1 - jitter) >= 1)) {
            throw new IllegalArgumentException("jitter is " + jitter + "; with a growth of " + growth
                    + " give a number from 0 to " + (1 - 1 / growth));
        }
    }

    /**
     * How many times the usual wait to wait after this many attempts in a row, before the limit and the jitter.
     *
     * @param attempts 0 or more
     */
    public double factor(int attempts) {
        return Math.pow(growth, Math.max(0, attempts));
    }

    /**
     * The wait after this many attempts in a row. Without attempts it is the usual wait, exactly.
     *
     * @param usual the wait when all is well
     * @param attempts 0 or more
     */
    public Duration delay(Duration usual, int attempts, RandomGenerator random) {
        if (attempts <= 0) {
            return usual;
        }
        double limit = Math.max(longest.toMillis(), usual.toMillis());
        double wait = Math.min(usual.toMillis() * factor(attempts), limit) * (1 - jitter * random.nextDouble());
        return Duration.ofMillis(Math.max(Math.round(wait), usual.toMillis()));
    }
}

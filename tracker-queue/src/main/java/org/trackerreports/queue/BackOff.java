package org.trackerreports.queue;

import java.time.Duration;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * How the wait grows with consecutive attempts of the same kind: usual wait × growth<sup>n</sup>, up to a maximum, shortened by a
 * random part so that ids that failed together do not return together.
 *
 * @param growth the factor between one wait and the next; 1 to 100
 * @param max the limit; a usual wait that is longer stays as it is
 * @param jitter the largest part of a wait that is subtracted at random, 0 to 1; small enough that no wait is shorter than the one
 *     before ({@code growth × (1 − jitter) ≥ 1})
 */
public record BackOff(double growth, Duration max, double jitter) {

    /** Always the usual wait. */
    public static final BackOff NONE = new BackOff(1, Duration.ZERO, 0);

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    public BackOff {
        Objects.requireNonNull(max, "max");
        if (!(growth >= 1 && growth <= 100)) {
            throw new IllegalArgumentException("growth is " + growth + "; give a number from 1 to 100, such as 2");
        }
        if (max.isNegative()) {
            throw new IllegalArgumentException("max is " + max + "; give a duration such as PT12H");
        }
        if (!(jitter >= 0 && growth * (1 - jitter) >= 1)) {
            throw new IllegalArgumentException("jitter is " + jitter + "; with a growth of " + growth
                    + " give a number from 0 to " + (1 - 1 / growth));
        }
    }

    /**
     * The wait after this many consecutive attempts as a multiple of the usual wait, before limit and jitter.
     *
     * @param attempts 0 or more
     */
    public double factor(int attempts) {
        return Math.pow(growth, Math.max(0, attempts));
    }

    /**
     * The wait after this many consecutive attempts. With 0 attempts it is exactly the usual wait.
     *
     * @param usual the wait after no such attempt
     * @param attempts 0 or more
     */
    public Duration delay(Duration usual, int attempts, RandomGenerator random) {
        if (attempts <= 0) {
            return usual;
        }
        double limit = Math.max(max.toMillis(), usual.toMillis());
        double wait = Math.min(usual.toMillis() * factor(attempts), limit) * (1 - jitter * random.nextDouble());
        return Duration.ofMillis(Math.max(Math.round(wait), usual.toMillis()));
    }
}

package org.trackerreports.queue;

import java.time.Duration;
import java.util.Objects;

/** Checks values against their ranges, and says in the same words what is wrong. */
final class Ranges {

    private Ranges() {}

    /**
     * Checks a number.
     *
     * @param name what the message calls the value
     * @throws IllegalArgumentException if it is out of range
     */
    static int require(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " is " + value + "; give " + min + " to " + max);
        }
        return value;
    }

    /**
     * Checks a duration.
     *
     * @param name what the message calls the value
     * @throws IllegalArgumentException if it is out of range
     */
    static Duration require(String name, Duration value, Duration min, Duration max) {
        Objects.requireNonNull(value, name);
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw new IllegalArgumentException(name + " is " + value + "; give a duration from " + min + " to " + max);
        }
        return value;
    }
}

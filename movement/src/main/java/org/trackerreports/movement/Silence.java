package org.trackerreports.movement;

import java.time.Duration;
import java.time.Instant;

/**
 * A time without reports.
 *
 * @param from the last report before
 * @param to the first one after
 */
public record Silence(Instant from, Instant to) {

    /** How long it was. */
    public Duration duration() {
        return Duration.between(from, to);
    }
}

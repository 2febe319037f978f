package org.trackerreports.movement;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A time that a tracker spent at one spot.
 *
 * @param from its first report there
 * @param to its last one
 * @param position the report with the smallest accuracy; never a mean, which can be where the tracker never was
 * @param reports number of sightings
 * @param assumed the silences of more than two hours in it, after which it was at the same spot
 */
public record Stay(Instant from, Instant to, Report position, int reports, List<Silence> assumed) {

    public Stay {
        Objects.requireNonNull(position, "position");
        assumed = List.copyOf(assumed);
    }

    /** From the first to the last report. */
    public Duration duration() {
        return Duration.between(from, to);
    }

    /** The duration without the silences in {@link #assumed}. */
    public long certainSeconds() {
        return duration().toSeconds()
                - assumed.stream()
                        .mapToLong(silence -> silence.duration().toSeconds())
                        .sum();
    }
}

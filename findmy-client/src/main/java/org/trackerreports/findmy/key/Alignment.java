package org.trackerreports.findmy.key;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * The primary key index of an accessory at a moment in time.
 *
 * <p>The primary key rolls at most every 15 minutes. An accessory that is off or has no battery does not roll, so the index lags behind
 * the clock and is never ahead of it. Source: FindMy.py {@code accessory.py}.
 *
 * @param time when the accessory was seen
 * @param index the primary key index at that time, at least 0
 */
public record Alignment(Instant time, int index) {

    /** The shortest time that a primary key is in use. */
    public static final Duration SLOT = Duration.ofMinutes(15);

    public Alignment {
        Objects.requireNonNull(time, "time");
        if (index < 0) {
            throw new IllegalArgumentException("a key index is 0 or more, found " + index);
        }
    }

    /**
     * The lowest primary index that the accessory can have at a time.
     *
     * @param at the time
     * @return the index; negative if no key exists yet
     */
    public long minIndexAt(Instant at) {
        return at.isBefore(time) ? index - slots(at, time) : index;
    }

    /**
     * The highest primary index that the accessory can have at a time.
     *
     * @param at the time
     * @return the index
     */
    public long maxIndexAt(Instant at) {
        return at.isAfter(time) ? index + slots(time, at) : index;
    }

    /**
     * The alignment after another sighting. It only moves forward: a sighting with an older time or a lower index is ignored, because
     * an index that is too high would hide all later reports.
     *
     * @param sighting when the accessory was seen, and at which index
     * @return the sighting, or this alignment
     */
    public Alignment advancedBy(Alignment sighting) {
        boolean forward = !sighting.time.isBefore(time) && sighting.index >= index;
        return forward ? sighting : this;
    }

    private static long slots(Instant from, Instant to) {
        return Duration.between(from, to).dividedBy(SLOT);
    }
}

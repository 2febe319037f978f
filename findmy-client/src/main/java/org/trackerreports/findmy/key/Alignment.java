package org.trackerreports.findmy.key;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * "At this moment the accessory was on this primary key index": what is known of how far its rolling keys have come.
 *
 * <p>The primary key rolls at most every 15 minutes; an accessory that is off or without battery does not count, so the index
 * lags behind the clock and never runs ahead of it. Source: FindMy.py {@code accessory.py}.
 *
 * @param time when the accessory was seen
 * @param index the primary key index at that time, at least 0
 */
public record Alignment(Instant time, int index) {

    /** The shortest life of a primary key. */
    public static final Duration SLOT = Duration.ofMinutes(15);

    public Alignment {
        Objects.requireNonNull(time, "time");
        if (index < 0) {
            throw new IllegalArgumentException("a key index is 0 or more, found " + index);
        }
    }

    /** The lowest primary index that the accessory can be on at this time; below 0 where no key exists yet. */
    public long minIndexAt(Instant at) {
        return at.isBefore(time) ? index - slots(at, time) : index;
    }

    /** The highest primary index that the accessory can be on at this time. */
    public long maxIndexAt(Instant at) {
        return at.isAfter(time) ? index + slots(time, at) : index;
    }

    /**
     * The alignment after another sighting. It only moves forward: a sighting with an older time or a lower index changes nothing,
     * because overestimating the index would hide every later report.
     */
    public Alignment advancedBy(Alignment sighting) {
        boolean forward = !sighting.time.isBefore(time) && sighting.index >= index;
        return forward ? sighting : this;
    }

    private static long slots(Instant from, Instant to) {
        return Duration.between(from, to).dividedBy(SLOT);
    }
}

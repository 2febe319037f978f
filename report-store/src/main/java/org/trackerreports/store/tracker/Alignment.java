package org.trackerreports.store.tracker;

import java.time.Instant;
import java.util.Objects;

/**
 * Where a rolling accessory was at a time: the newest sure sighting.
 *
 * @param time when
 * @param index the key index at that time, from 0
 */
public record Alignment(Instant time, long index) {

    public Alignment {
        Objects.requireNonNull(time, "time");
        if (index < 0) {
            throw new IllegalArgumentException("alignment index " + index + "; expected 0 or more");
        }
    }
}

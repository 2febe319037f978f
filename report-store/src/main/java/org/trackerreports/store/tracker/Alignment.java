package org.trackerreports.store.tracker;

import java.time.Instant;
import java.util.Objects;

/**
 * The key index of a rolling accessory at a time, from its latest reliable report.
 *
 * @param time when the accessory used this key
 * @param index the key index at that time, from 0
 */
public record Alignment(Instant time, long index) {

    public Alignment {
        Objects.requireNonNull(time, "time");
        if (index < 0) {
            throw new IllegalArgumentException("the alignment index is " + index + "; it must be 0 or more");
        }
    }
}

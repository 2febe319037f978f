package org.trackerreports.store.sink;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * A report that a sink was not told, because its position was wrong.
 *
 * @param time of the event
 * @param digest identifies the report among those of the tracker at this time
 */
public record WithheldReport(long trackerId, Instant time, UUID digest) {

    public WithheldReport {
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(digest, "digest");
    }
}

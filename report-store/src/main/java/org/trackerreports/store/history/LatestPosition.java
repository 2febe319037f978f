package org.trackerreports.store.history;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The latest position of a tracker.
 *
 * @param timestamp when the tracker was seen
 * @param latitude degrees north
 * @param longitude degrees east
 * @param horizontalAccuracy metres
 * @param flags codes of reasons why the position is implausible
 * @param receivedAt when the report was fetched
 */
public record LatestPosition(
        long trackerId,
        String trackerName,
        Instant timestamp,
        double latitude,
        double longitude,
        OptionalDouble horizontalAccuracy,
        int confidence,
        Optional<String> nearestCity,
        Set<String> flags,
        Instant receivedAt) {

    public LatestPosition {
        flags = Set.copyOf(flags);
    }

    @Override
    public String toString() {
        return "LatestPosition[trackerId=" + trackerId + ", timestamp=" + timestamp + "]";
    }
}

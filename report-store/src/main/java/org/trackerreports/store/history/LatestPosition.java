package org.trackerreports.store.history;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The latest position of a tracker.
 *
 * @param timestamp when the tracker was seen
 * @param latitude degrees north
 * @param longitude degrees east
 * @param horizontalAccuracy metres
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
        Instant receivedAt) {

    @Override
    public String toString() {
        return "LatestPosition[trackerId=" + trackerId + ", timestamp=" + timestamp + "]";
    }
}

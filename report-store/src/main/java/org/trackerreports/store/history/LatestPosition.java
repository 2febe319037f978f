package org.trackerreports.store.history;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Where a tracker was seen last.
 *
 * @param timestamp when it was seen
 * @param latitude degrees, north positive
 * @param longitude degrees, east positive
 * @param horizontalAccuracy metres
 * @param receivedAt when that report was fetched
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

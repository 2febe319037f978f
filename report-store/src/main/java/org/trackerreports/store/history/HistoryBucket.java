package org.trackerreports.store.history;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import org.trackerreports.store.report.Position;

/**
 * One hour or day of a tracker. Everything from the position on is that of the latest report in it; nothing is an average.
 *
 * @param start when the hour or day begins
 * @param reportCount how many reports counted
 * @param firstTime of the first report
 * @param lastTime of the latest report
 * @param horizontalAccuracy metres
 */
public record HistoryBucket(
        long trackerId,
        Instant start,
        long reportCount,
        Instant firstTime,
        Instant lastTime,
        Position position,
        int confidence,
        OptionalDouble horizontalAccuracy,
        String hashedAdvKey,
        Optional<String> nearestCity) {

    @Override
    public String toString() {
        return "HistoryBucket[trackerId=" + trackerId + ", start=" + start + ", reportCount=" + reportCount + "]";
    }
}

package org.trackerreports.store.history;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import org.trackerreports.store.report.Position;

/**
 * One hour or day of a tracker. The values from the position on are those of its latest report, never averages.
 *
 * @param start when the hour or day begins
 * @param reportCount number of reports
 * @param firstTime time of the first report
 * @param lastTime time of the latest report
 * @param horizontalAccuracy metres
 * @param flagged whether the latest report has flags; the reports themselves say which
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
        Optional<String> nearestCity,
        boolean flagged) {

    @Override
    public String toString() {
        return "HistoryBucket[trackerId=" + trackerId + ", start=" + start + ", reportCount=" + reportCount + "]";
    }
}

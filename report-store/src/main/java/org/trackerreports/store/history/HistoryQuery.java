package org.trackerreports.store.history;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;

/**
 * Which part of the history is asked for.
 *
 * @param trackerIds whose history; empty for that of all trackers
 * @param from first instant that counts
 * @param to first instant that no longer counts
 * @param minimumConfidence 0 to 255; 2 unless said otherwise
 * @param withMarked whether positions that are marked as implausible count; they do unless said otherwise
 * @param zone where hours and days begin; UTC unless said otherwise
 */
public record HistoryQuery(
        Set<Long> trackerIds, Instant from, Instant to, int minimumConfidence, boolean withMarked, ZoneId zone) {

    /** What counts when the caller does not say: medium and high confidence. */
    public static final int DEFAULT_MINIMUM_CONFIDENCE = 2;

    private static final Instant EARLIEST = Instant.parse("2001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    public HistoryQuery {
        trackerIds = Set.copyOf(trackerIds);
        Objects.requireNonNull(zone, "zone");
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("the range ends at " + to + ", which is not after its start " + from);
        }
        if (minimumConfidence < 0 || minimumConfidence > 255) {
            throw new IllegalArgumentException(
                    "minimum confidence " + minimumConfidence + "; expected 0 to 255 (2 is medium, 3 is high)");
        }
        // No report can lie outside, and the database knows fewer years than Instant does.
        from = clamped(from);
        to = clamped(to);
    }

    /** One tracker's history with the defaults. */
    public static HistoryQuery of(long trackerId, Instant from, Instant to) {
        return of(Set.of(trackerId), from, to);
    }

    /** Several trackers' history with the defaults; of all trackers when the collection is empty. */
    public static HistoryQuery of(Collection<Long> trackerIds, Instant from, Instant to) {
        return new HistoryQuery(Set.copyOf(trackerIds), from, to, DEFAULT_MINIMUM_CONFIDENCE, true, ZoneOffset.UTC);
    }

    public HistoryQuery withMinimumConfidence(int confidence) {
        return new HistoryQuery(trackerIds, from, to, confidence, withMarked, zone);
    }

    public HistoryQuery withoutMarked() {
        return new HistoryQuery(trackerIds, from, to, minimumConfidence, false, zone);
    }

    public HistoryQuery inZone(ZoneId newZone) {
        return new HistoryQuery(trackerIds, from, to, minimumConfidence, withMarked, newZone);
    }

    HistoryQuery inUtc() {
        return inZone(ZoneOffset.UTC);
    }

    private static Instant clamped(Instant instant) {
        return instant.isBefore(EARLIEST) ? EARLIEST : instant.isAfter(LATEST) ? LATEST : instant;
    }
}

package org.trackerreports.store.history;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;

/**
 * Selects a part of the history.
 *
 * @param trackerIds the trackers; empty for all trackers
 * @param from time of the earliest reports
 * @param to reports at this time or later are left out
 * @param minimumConfidence 0 to 255; default 2
 * @param flags whether reports with flags count; default {@link FlagFilter#WITHOUT}
 * @param zone in which hours and days begin; default UTC
 */
public record HistoryQuery(
        Set<Long> trackerIds, Instant from, Instant to, int minimumConfidence, FlagFilter flags, ZoneId zone) {

    /** Medium and high confidence. */
    public static final int DEFAULT_MINIMUM_CONFIDENCE = 2;

    private static final Instant EARLIEST = Instant.parse("2001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    public HistoryQuery {
        trackerIds = Set.copyOf(trackerIds);
        Objects.requireNonNull(flags, "flags");
        Objects.requireNonNull(zone, "zone");
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("the range ends at " + to + ", which is not after its start at " + from);
        }
        if (minimumConfidence < 0 || minimumConfidence > 255) {
            throw new IllegalArgumentException("the minimum confidence is " + minimumConfidence
                    + "; it must be 0 to 255 (2 is medium, 3 is high)");
        }
        // No report is outside this range, and PostgreSQL has fewer years than Instant.
        from = clamped(from);
        to = clamped(to);
    }

    /** The history of one tracker, with the defaults. */
    public static HistoryQuery of(long trackerId, Instant from, Instant to) {
        return of(Set.of(trackerId), from, to);
    }

    /** The history of several trackers, with the defaults; of all trackers if the collection is empty. */
    public static HistoryQuery of(Collection<Long> trackerIds, Instant from, Instant to) {
        return new HistoryQuery(
                Set.copyOf(trackerIds), from, to, DEFAULT_MINIMUM_CONFIDENCE, FlagFilter.WITHOUT, ZoneOffset.UTC);
    }

    public HistoryQuery withMinimumConfidence(int confidence) {
        return new HistoryQuery(trackerIds, from, to, confidence, flags, zone);
    }

    public HistoryQuery withFlags(FlagFilter newFlags) {
        return new HistoryQuery(trackerIds, from, to, minimumConfidence, newFlags, zone);
    }

    public HistoryQuery inZone(ZoneId newZone) {
        return new HistoryQuery(trackerIds, from, to, minimumConfidence, flags, newZone);
    }

    private static Instant clamped(Instant instant) {
        return instant.isBefore(EARLIEST) ? EARLIEST : instant.isAfter(LATEST) ? LATEST : instant;
    }
}

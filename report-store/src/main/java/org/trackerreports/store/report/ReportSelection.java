package org.trackerreports.store.report;

import java.time.Instant;
import java.util.Set;

/**
 * Selects the stored reports that are to be revised.
 *
 * @param which selects by their state
 * @param trackerIds selects by their tracker; empty for all reports, including those without a tracker
 * @param from time of the earliest reports
 * @param to reports at this time or later are left out
 */
public record ReportSelection(Which which, Set<Long> trackerIds, Instant from, Instant to) {

    /** States of reports. */
    public enum Which {
        /** Reports that came with a payload. */
        WITH_PAYLOAD,
        /** Reports that came with a payload and could not be decrypted. */
        UNDECRYPTABLE,
        /** Reports with a position and without a city. */
        WITHOUT_CITY
    }

    public ReportSelection {
        trackerIds = Set.copyOf(trackerIds);
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("the range ends at " + to + ", which is not after its start at " + from);
        }
    }

    /** All reports in a state. */
    public static ReportSelection all(Which which) {
        return new ReportSelection(
                which, Set.of(), Instant.parse("2001-01-01T00:00:00Z"), Instant.parse("2200-01-01T00:00:00Z"));
    }
}

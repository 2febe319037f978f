package org.trackerreports.store.report;

import java.time.Instant;
import java.util.Set;

/**
 * Which stored reports are to be revised.
 *
 * @param which by their state
 * @param trackerIds whose; empty for all, those without a tracker included
 * @param from first instant of sighting that counts
 * @param to first instant that no longer counts
 */
public record ReportSelection(Which which, Set<Long> trackerIds, Instant from, Instant to) {

    /** The states by which reports can be selected. */
    public enum Which {
        /** Those that came with a payload. */
        WITH_PAYLOAD("r.payload IS NOT NULL"),
        /** Those that came with a payload and could not be decrypted. */
        UNDECRYPTABLE("r.payload IS NOT NULL AND r.undecryptable_reason IS NOT NULL"),
        /** Those with a position and without a city. */
        WITHOUT_CITY("r.location IS NOT NULL AND r.nearest_city IS NULL");

        private final String condition;

        Which(String condition) {
            this.condition = condition;
        }

        String condition() {
            return condition;
        }
    }

    public ReportSelection {
        trackerIds = Set.copyOf(trackerIds);
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("the range ends at " + to + ", which is not after its start " + from);
        }
    }

    /** All reports of a state. */
    public static ReportSelection all(Which which) {
        return new ReportSelection(
                which, Set.of(), Instant.parse("2001-01-01T00:00:00Z"), Instant.parse("2200-01-01T00:00:00Z"));
    }
}

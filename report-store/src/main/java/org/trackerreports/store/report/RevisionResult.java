package org.trackerreports.store.report;

import java.util.Map;

/**
 * What a revision of stored reports did.
 *
 * @param examined reports that were selected
 * @param changed reports that are different now
 * @param failures reasons why new parts could not be made or stored, each with its number of reports; those stay as they were
 */
public record RevisionResult(long examined, long changed, Map<String, Long> failures) {

    public RevisionResult {
        failures = Map.copyOf(failures);
    }

    /** How many reports could not be revised. */
    public long failed() {
        return failures.values().stream().mapToLong(Long::longValue).sum();
    }
}

package org.trackerreports.store.report;

import java.util.Map;

/**
 * Result of a revision of stored reports.
 *
 * @param examined number of selected reports
 * @param changed number of reports whose content changed
 * @param failures reasons why content could not be made or stored, each with its number of reports; these reports stay as they were
 */
public record RevisionResult(long examined, long changed, Map<String, Long> failures) {

    public RevisionResult {
        failures = Map.copyOf(failures);
    }

    /** Number of reports that could not be revised. */
    public long failed() {
        return failures.values().stream().mapToLong(Long::longValue).sum();
    }
}

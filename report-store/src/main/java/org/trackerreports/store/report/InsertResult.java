package org.trackerreports.store.report;

import java.util.List;

/**
 * Result of inserting a batch of reports.
 *
 * @param outcomes one per report, in the order of the batch
 */
public record InsertResult(List<ReportOutcome> outcomes) {

    public InsertResult {
        outcomes = List.copyOf(outcomes);
    }

    /** Number of reports that are new. */
    public long newReports() {
        return count(ReportOutcome.Kind.NEW);
    }

    /** Number of reports that were already stored. */
    public long duplicates() {
        return count(ReportOutcome.Kind.DUPLICATE);
    }

    /** Number of reports that could not be stored. */
    public long refused() {
        return count(ReportOutcome.Kind.REFUSED);
    }

    private long count(ReportOutcome.Kind kind) {
        return outcomes.stream().filter(outcome -> outcome.kind() == kind).count();
    }
}

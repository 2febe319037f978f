package org.trackerreports.store.report;

import java.util.List;

/**
 * What became of a batch of reports.
 *
 * @param outcomes one for each report, in the order of the batch
 */
public record InsertResult(List<ReportOutcome> outcomes) {

    public InsertResult {
        outcomes = List.copyOf(outcomes);
    }

    /** How many reports are stored now that were not before. */
    public long newReports() {
        return count(ReportOutcome.New.class);
    }

    /** How many reports were stored before. */
    public long duplicates() {
        return count(ReportOutcome.Duplicate.class);
    }

    /** How many reports could not be stored. */
    public long refused() {
        return count(ReportOutcome.Refused.class);
    }

    private long count(Class<? extends ReportOutcome> kind) {
        return outcomes.stream().filter(kind::isInstance).count();
    }
}

package org.trackerreports.store.report;

/** What became of one report that was to be inserted. */
public sealed interface ReportOutcome {

    /** It was not there before and is stored now. */
    record New() implements ReportOutcome {}

    /** The same report was there before, or comes twice in the batch; it is stored once. */
    record Duplicate() implements ReportOutcome {}

    /** It cannot be stored; the others were. */
    record Refused(String reason) implements ReportOutcome {}
}

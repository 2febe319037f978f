package org.trackerreports.store.report;

/** Makes the content of a stored report again, for example from its payload after a fix. */
@FunctionalInterface
public interface Reviser {

    /**
     * Makes the content again. If this throws an exception, the report stays as it is and the revision continues with the next report.
     *
     * @return the new content; equal content changes nothing
     */
    ReportContent revise(StoredReport report);
}

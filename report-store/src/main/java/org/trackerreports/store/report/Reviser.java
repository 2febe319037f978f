package org.trackerreports.store.report;

/** Makes the decoded parts of a stored report again, for example from its payload after a fix. */
@FunctionalInterface
public interface Reviser {

    /**
     * @return the new parts; equal ones when nothing changed. An exception leaves this report as it was, and the others go on
     */
    RevisedReport revise(StoredReport report);
}

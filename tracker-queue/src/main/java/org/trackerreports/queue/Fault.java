package org.trackerreports.queue;

/** Who caused a failure. */
public enum Fault {
    /** The tracker: the failure is counted, and the wait grows. */
    TRACKER,
    /** The service or the account: nothing is counted against the tracker. */
    NOT_THE_TRACKER
}

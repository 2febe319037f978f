package org.trackerreports.queue;

/** Whose fault a failure was. */
public enum Fault {
    /** The tracker's: it counts, and the wait grows. */
    TRACKER,
    /** The service's or the account's: nothing is counted against the id. */
    NOT_THE_TRACKER
}

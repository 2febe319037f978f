package org.trackerreports.queue;

import java.util.Locale;

/** Which ids to {@linkplain TrackerQueue#list list}, and in what order. */
public enum QueueView {
    /** Ids that are due, the longest overdue first. */
    DUE,
    /** Ids that wait or are due, by due time. */
    WAITING,
    /** Ids that are leased, by the end of the lease. */
    LEASED,
    /** Ids that are paused, by due time. */
    PAUSED,
    /** Ids with too many consecutive failures, by the due time that they would have had. */
    PARKED,
    /** Ids whose last attempt failed through their own fault, including the parked ones, most consecutive failures first. */
    FAILING;

    /** The word for this view in list.lua. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

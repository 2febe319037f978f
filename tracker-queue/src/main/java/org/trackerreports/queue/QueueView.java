package org.trackerreports.queue;

/** Which ids to {@linkplain TrackerQueue#list list}, and in what order. */
public enum QueueView {
    /** Ids that are due, the longest overdue first. */
    DUE("due"),
    /** Ids that wait or are due, by due time. */
    WAITING("waiting"),
    /** Ids that are leased, by the end of the lease. */
    LEASED("leased"),
    /** Ids that are paused, by due time. */
    PAUSED("paused"),
    /** Ids with too many consecutive failures, by the due time that they would have had. */
    PARKED("parked"),
    /** Ids whose last attempt failed through their own fault, including the parked ones, most consecutive failures first. */
    FAILING("failing");

    private final String word;

    QueueView(String word) {
        this.word = word;
    }

    /** The script's word for it. */
    String word() {
        return word;
    }
}

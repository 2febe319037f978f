package org.trackerreports.queue;

/** Which ids to {@linkplain TrackerQueue#list list}, and in what order. */
public enum QueueView {
    /** Those whose turn it is, the longest overdue first. */
    DUE("due"),
    /** Those that wait for their turn or whose turn it is, the longest overdue first. */
    WAITING("waiting"),
    /** Those at work, the lease that ends next first. */
    LEASED("leased"),
    /** Those that are paused, by due time. */
    PAUSED("paused"),
    /** Those that failed too often in a row, by the due time that they would have had. */
    PARKED("parked"),
    /** Those whose last attempt failed by their fault, the most failures in a row first; the parked ones are among them. */
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

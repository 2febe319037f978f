package org.trackerreports.core.event;

/**
 * Is told what fetching does, for metrics, health and status. Called after the event, on the thread that caused it, possibly by many
 * threads at once: an implementation must be thread-safe and return soon. Its first exception is logged; no exception disturbs the work or the
 * other listeners.
 */
public interface FetchListener {

    /** A request to the report service ended, successfully or not. */
    default void requestEnded(RequestEnded event) {}

    /** The reports of one answer are in the database. */
    default void batchStored(BatchStored event) {}

    /** An account's state changed; told once for each change that this instance sees. */
    default void accountChanged(AccountChanged event) {}

    /** The anisette server was asked. */
    default void anisetteAsked(AnisetteAsked event) {}
}

package org.trackerreports.core.event;

/**
 * Is told what the daemon does, for metrics, health and status. Called on the working thread after the fact, by many threads at once:
 * an implementation must be thread-safe and quick. What it throws is logged and hurts nobody.
 */
public interface FetcherListener {

    /** A request was made and ended, well or not. */
    default void requestEnded(RequestEnded event) {}

    /** The reports of one answer are in the database. */
    default void batchStored(BatchStored event) {}

    /** An account can be used again, or no longer; told once for each change that this instance sees. */
    default void accountChanged(AccountChanged event) {}

    /** A worker has looked for work; also its sign of life. */
    default void turnEnded(TurnEnded event) {}

    /** The answers that wait on disk became more or fewer; told once at the start, too. */
    default void spoolChanged(SpoolChanged event) {}

    /** The database or Redis went away. */
    default void outageBegan(OutageBegan event) {}

    /** What was away works again. */
    default void outageEnded(OutageEnded event) {}

    /** The source of anisette data was asked. */
    default void anisetteAsked(AnisetteAsked event) {}

    /** The keeper of the queue has beaten, or has tried to; its sign of life. */
    default void keeperBeat() {}
}

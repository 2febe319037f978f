package org.trackerreports.fetcher.event;

import org.trackerreports.store.movement.JudgingResult;

/**
 * Is told what the daemon does, for metrics, health and status. Called after the event, on the thread that caused it, possibly by many
 * threads at once: an implementation must be thread-safe and return soon. Its first exception is logged; no exception disturbs the work or the
 * other listeners.
 */
public interface DaemonListener {

    /** A worker ended a turn; also its sign of life. */
    default void turnEnded(TurnEnded event) {}

    /** The number of answers that wait on disk changed; told once at the start, too. */
    default void spoolChanged(SpoolChanged event) {}

    /** The database or Redis became unavailable. */
    default void outageBegan(OutageBegan event) {}

    /** The database or Redis is available again. */
    default void outageEnded(OutageEnded event) {}

    /** This instance sent its heartbeat to the queue, or tried to; the heartbeat task's sign of life. */
    default void heartbeatSent() {}

    /** A step of the judgement ended, perhaps without anything to do. */
    default void judged(JudgingResult result) {}

    /** Trackers were noticed to have fallen silent. */
    default void trackersFellSilent(int trackers) {}

    /** The role move did what it could, or waited for the database; its sign of life. */
    default void moverTurnEnded() {}
}

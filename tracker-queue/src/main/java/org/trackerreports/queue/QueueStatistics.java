package org.trackerreports.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The state of a queue at one instant.
 *
 * @param at Redis' time
 * @param filled whether the queue was filled completely since Redis last lost it
 * @param paused whether all claims are stopped
 * @param quietUntil nothing is handed out before; in the past when all is well
 * @param lastReconciled when the last filling or reconcile ended
 * @param ids all ids
 * @param waiting ids that wait for their turn, with those that are due
 * @param due ids whose turn it is
 * @param leased ids at work
 * @param pausedIds paused ids that are not at work
 * @param parked ids that failed too often in a row, see {@link QueueSettings#parkAfterFailures()}
 * @param failing ids whose last attempt failed by their fault; the parked ones are among them
 * @param workers workers whose heart beats
 * @param oldestOverdue the id whose turn is longest overdue
 * @param counters what happened since Redis last lost its memory: {@code claimed}, {@code found}, {@code nothingFound},
 *     {@code failed}, {@code parked} (of the failed), {@code notItsFault}, {@code released}, {@code refused} (writes of lost leases),
 *     {@code reclaimedFromLease}, {@code reclaimedFromWorker}, {@code workersGivenUp}
 */
public record QueueStatistics(
        Instant at,
        boolean filled,
        boolean paused,
        Instant quietUntil,
        Optional<Instant> lastReconciled,
        long ids,
        long waiting,
        long due,
        long leased,
        long pausedIds,
        long parked,
        long failing,
        long workers,
        Optional<Overdue> oldestOverdue,
        Map<String, Long> counters) {

    /**
     * An id whose turn has come.
     *
     * @param since since when
     * @param by for how long by now
     */
    public record Overdue(String id, Instant since, Duration by) {}
}

package org.trackerreports.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The state of a queue at one instant.
 *
 * @param at Redis' time
 * @param filled whether the queue was filled completely since Redis last lost its data
 * @param paused whether all claims are stopped
 * @param quietUntil when claims begin after a loss of data; in the past otherwise
 * @param lastReconciled when the last filling or reconcile ended
 * @param ids all ids
 * @param waiting ids that wait for their turn, including those that are due
 * @param due ids whose turn has come
 * @param leased ids that are being worked on
 * @param pausedIds paused ids that are not leased
 * @param parked ids with too many consecutive failures, see {@link QueueSettings#parkAfterFailures()}
 * @param failing ids whose last attempt failed through their own fault, including the parked ones
 * @param workers workers that send heartbeats
 * @param oldestOverdue the id that is longest overdue
 * @param lastDamaged the id whose record something else damaged last; it can contain any character
 * @param counters what happened since Redis last lost its data, by these names: claimed, found, nothingFound, failed, parked (part of
 *     the failed), notItsFault, released, refused (changes by lost leases), reclaimedFromLease, reclaimedFromWorker, workersGivenUp,
 *     damaged (records that something else wrote; they begin anew)
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
        Optional<String> lastDamaged,
        Map<String, Long> counters) {

    /**
     * An id whose turn has come.
     *
     * @param since when its turn came
     * @param by how long ago that is
     */
    public record Overdue(String id, Instant since, Duration by) {}
}

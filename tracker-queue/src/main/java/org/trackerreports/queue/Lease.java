package org.trackerreports.queue;

import java.time.Instant;
import java.util.Objects;

/**
 * The right of one worker to work on one id for a while.
 *
 * @param id the id
 * @param worker who holds the lease
 * @param token the fencing token: of two leases of one id the younger has the greater token, also after Redis lost its memory
 * @param until when it ends, in Redis' time; {@linkplain TrackerQueue#extend extending} does not change this object
 * @param due since when it was the id's turn, in Redis' time
 * @param priority the id's priority
 * @param consecutiveFailures failures since the last success
 * @param consecutiveEmpty successes in a row that found nothing
 * @param epoch changes whenever Redis may have forgotten something
 */
public record Lease(
        String id,
        WorkerId worker,
        long token,
        Instant until,
        Instant due,
        int priority,
        int consecutiveFailures,
        int consecutiveEmpty,
        long epoch) {

    public Lease {
        RedisNames.requireId(id);
        Objects.requireNonNull(worker, "worker");
        Objects.requireNonNull(until, "until");
        Objects.requireNonNull(due, "due");
    }

    Lease renewed(Instant newUntil, long newEpoch) {
        return new Lease(id, worker, token, newUntil, due, priority, consecutiveFailures, consecutiveEmpty, newEpoch);
    }
}

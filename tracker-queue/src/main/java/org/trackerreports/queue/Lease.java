package org.trackerreports.queue;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * The exclusive right of one worker to work on one id for a limited time.
 *
 * @param id the id
 * @param worker who holds the lease
 * @param token the fencing token: of two leases of one id, the newer has the greater token, even after Redis lost its data
 * @param until when it ends, in Redis' time; {@linkplain TrackerQueue#extend(List) extending} does not change this object
 * @param due since when the id was due, in Redis' time
 * @param priority the id's priority
 * @param consecutiveFailures failures since the last success
 * @param consecutiveEmpty consecutive successes that found nothing
 * @param epoch changes whenever Redis may have lost data
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

    /** Checks the values. */
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

package org.trackerreports.queue;

import java.time.Instant;
import java.util.Optional;

/**
 * What the queue knows about one id.
 *
 * @param due when its turn comes; of a leased id, when its turn came; of a parked one, when its turn would have come
 * @param leasedUntil the end of its lease, if it is leased
 * @param worker who holds the lease
 * @param token the latest fencing token, 0 if it was never claimed
 * @param lastAttempt when work on it last ended, successful or not
 * @param lastSuccess when work on it last succeeded
 * @param consecutiveEmpty consecutive successes that found nothing
 * @param successes all successes
 * @param failures all failures through its own fault
 * @param reclaims how often a lease on it was reclaimed
 * @param backOffFactor its last wait as a multiple of the usual wait, before limit and jitter
 * @param lastError why it last failed; empty after a success
 */
public record QueuedId(
        String id,
        State state,
        int priority,
        Instant due,
        Optional<Instant> leasedUntil,
        Optional<WorkerId> worker,
        long token,
        Optional<Instant> lastAttempt,
        Optional<Instant> lastSuccess,
        int consecutiveFailures,
        int consecutiveEmpty,
        long successes,
        long failures,
        long reclaims,
        double backOffFactor,
        Optional<String> lastError) {

    /** The state of an id. */
    public enum State {
        /** It waits for its turn or is due. */
        WAITING,
        /** A worker is working on it. */
        LEASED,
        /** It has no turn before it is resumed. */
        PAUSED,
        /** It had too many consecutive failures and has no turn before it is requeued or changes. */
        PARKED
    }
}

package org.trackerreports.queue;

import java.time.Instant;
import java.util.Optional;

/**
 * All that the queue knows of one id.
 *
 * @param due when its turn is; for an id at work, when its turn was; for a parked one, when it would have been
 * @param leasedUntil the end of its lease, if it is at work
 * @param worker who holds the lease
 * @param token the latest fencing token, 0 if it was never claimed
 * @param lastAttempt when work on it last ended, well or badly
 * @param lastSuccess when work on it last ended well
 * @param consecutiveEmpty successes in a row that found nothing
 * @param successes all successes
 * @param failures all failures that were its fault
 * @param reclaims how often a lease of it was taken back
 * @param backOffFactor how many times the usual wait its last wait was meant to be, before limit and jitter
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

    /** What an id does. */
    public enum State {
        /** It waits for its turn, or its turn has come. */
        WAITING,
        /** A worker works on it. */
        LEASED,
        /** It has no turn until it is resumed. */
        PAUSED,
        /** It failed too often in a row and has no turn until it is requeued or something about it changes. */
        PARKED
    }
}

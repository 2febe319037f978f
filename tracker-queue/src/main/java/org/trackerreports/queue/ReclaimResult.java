package org.trackerreports.queue;

/**
 * What a reclaim took back.
 *
 * @param fromLeases ids whose lease ran out
 * @param fromWorkers ids whose worker stopped sending heartbeats
 * @param workers workers that were given up
 */
public record ReclaimResult(int fromLeases, int fromWorkers, int workers) {

    /** All ids that were taken back. */
    public int ids() {
        return fromLeases + fromWorkers;
    }

    ReclaimResult plus(ReclaimResult other) {
        return new ReclaimResult(
                fromLeases + other.fromLeases, fromWorkers + other.fromWorkers, workers + other.workers);
    }
}

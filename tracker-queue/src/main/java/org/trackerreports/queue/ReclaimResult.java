package org.trackerreports.queue;

/**
 * What a reclaim took back.
 *
 * @param fromLeases ids whose lease ran out
 * @param fromWorkers ids whose worker's heart stopped
 * @param workers workers that were given up
 */
public record ReclaimResult(int fromLeases, int fromWorkers, int workers) {

    /** All ids that went back. */
    public int ids() {
        return fromLeases + fromWorkers;
    }
}

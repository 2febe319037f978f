package org.trackerreports.store;

/**
 * What a change of the master key did.
 *
 * @param trackers trackers sealed again
 * @param accounts accounts sealed again
 * @param retiredKeys master keys that nothing needs any more; whoever still runs with one of them as its key can no longer write
 */
public record RotationResult(long trackers, long accounts, int retiredKeys) {}

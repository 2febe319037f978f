package org.trackerreports.store.secret;

/**
 * Result of a change of the master key.
 *
 * @param trackers number of trackers whose keys were encrypted again
 * @param accounts number of accounts whose secrets were encrypted again
 * @param retiredKeys number of master keys that no secret needs any more; an instance that still uses one of them can no longer write
 */
public record RotationResult(long trackers, long accounts, int retiredKeys) {}

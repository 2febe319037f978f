package org.trackerreports.store.retention;

/**
 * What a retention policy removes or removed.
 *
 * @param reports number of reports, with their payloads
 * @param hours number of rows of the hourly history
 */
public record RetentionEffect(long reports, long hours) {}

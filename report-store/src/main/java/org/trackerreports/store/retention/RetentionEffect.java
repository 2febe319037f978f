package org.trackerreports.store.retention;

/**
 * What a retention policy takes away: what would go, or what went.
 *
 * @param reports reports with their payloads
 * @param hours rows of the hourly history
 */
public record RetentionEffect(long reports, long hours) {}

package org.trackerreports.fetcher.event;

/**
 * A dependency became unavailable.
 *
 * @param message what failed, without secrets
 */
public record OutageBegan(Dependency dependency, String message) {}

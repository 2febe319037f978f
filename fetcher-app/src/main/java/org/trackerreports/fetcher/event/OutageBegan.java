package org.trackerreports.fetcher.event;

/**
 * A dependency went away.
 *
 * @param message what failed, without secrets
 */
public record OutageBegan(Dependency dependency, String message) {}

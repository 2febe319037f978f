package org.trackerreports.fetcher.event;

import java.time.Duration;

/**
 * A dependency is available again.
 *
 * @param lasted from the first failure to the first success
 * @param failures how many attempts failed
 */
public record OutageEnded(Dependency dependency, Duration lasted, int failures) {}

package org.trackerreports.core.event;

import java.time.Duration;

/**
 * The anisette server was asked, because no fresh data was cached.
 *
 * @param took how long it took
 * @param answered whether it returned data
 */
public record AnisetteAsked(Duration took, boolean answered) {}

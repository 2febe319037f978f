package org.trackerreports.core.event;

import java.time.Duration;

/**
 * Anisette data was asked for, and not found among what was fresh.
 *
 * @param took how long that took
 * @param answered whether there was any
 */
public record AnisetteAsked(Duration took, boolean answered) {}

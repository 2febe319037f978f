package org.trackerreports.store.view;

import java.time.Instant;
import org.trackerreports.store.history.GeoBox;

/**
 * Trackers whose latest positions are near each other.
 *
 * @param trackers how many
 * @param box around their positions
 * @param newest the time of the newest position
 */
public record Cluster(long trackers, GeoBox box, Instant newest) {}

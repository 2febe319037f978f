package org.trackerreports.movement;

import java.time.Instant;

/**
 * The way between two stays.
 *
 * @param from the last report of the stay before
 * @param to the first report of the stay after
 * @param lengthMetres the sum of the distances between reports, each shortened by 1.5 times both accuracies: a lower bound
 * @param reports number of sightings on the way, without those of the stays
 */
public record Trip(Instant from, Instant to, double lengthMetres, int reports) {}

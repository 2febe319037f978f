package org.trackerreports.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.trackerreports.simulator.world.Position;
import org.trackerreports.simulator.world.Route;

/** A tracker that rests at home, goes a round at constant speed, comes home, and so on for ever. */
final class RoundTrip implements Route {

    private static final int CORNERS = 24;
    private static final double METRES_PER_DEGREE = 111_320;
    private static final double MEAN_RADIUS = 700;

    private final Instant start;
    private final Duration rest;
    private final double metresPerSecond;
    private final List<Position> corners = new ArrayList<>();

    /** How far from the beginning of the round each corner is. */
    private final List<Double> metres = new ArrayList<>();

    /**
     * Lays out the round.
     *
     * @param shape another number makes another round
     * @param start when the first rest begins
     */
    RoundTrip(Position home, int shape, double metresPerSecond, Duration rest, Instant start) {
        this.start = start;
        this.rest = rest;
        this.metresPerSecond = metresPerSecond;
        double metresPerDegreeEast = METRES_PER_DEGREE * Math.cos(Math.toRadians(home.latitudeE7() / 1e7));
        double north = 0;
        double east = 0;
        double way = 0;
        for (int corner = 0; corner <= CORNERS; corner++) {
            double angle = 2 * Math.PI * corner / CORNERS;
            double radius =
                    MEAN_RADIUS * (1 + 0.3 * Math.sin(2 * angle + shape) + 0.18 * Math.sin(5 * angle + 2 * shape));
            // Everything is relative to the first corner, so that the round begins at home.
            double first = MEAN_RADIUS * (1 + 0.3 * Math.sin(shape) + 0.18 * Math.sin(2.0 * shape));
            double toNorth = radius * Math.sin(angle + shape) - first * Math.sin(shape);
            double toEast = radius * Math.cos(angle + shape) - first * Math.cos(shape);
            way += Math.hypot(toNorth - north, toEast - east);
            north = toNorth;
            east = toEast;
            corners.add(Position.ofDegrees(
                    home.latitudeE7() / 1e7 + north / METRES_PER_DEGREE,
                    home.longitudeE7() / 1e7 + east / metresPerDegreeEast));
            metres.add(way);
        }
    }

    @Override
    public Position at(Instant time) {
        double round = metres.get(CORNERS) / metresPerSecond;
        double seconds = Math.max(0, Duration.between(start, time).toMillis() / 1e3) % (rest.toSeconds() + round);
        double way = Math.max(0, seconds - rest.toSeconds()) * metresPerSecond;
        int next = 1;
        while (next < CORNERS && metres.get(next) < way) {
            next++;
        }
        double leg = metres.get(next) - metres.get(next - 1);
        double part = Math.max(0, Math.min(1, (way - metres.get(next - 1)) / leg));
        Position from = corners.get(next - 1);
        Position to = corners.get(next);
        return new Position((int) Math.round(from.latitudeE7() + part * (to.latitudeE7() - from.latitudeE7())), (int)
                Math.round(from.longitudeE7() + part * (to.longitudeE7() - from.longitudeE7())));
    }
}

package org.trackerreports.simulator.world;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** To and fro along a line of points; on each leg latitude and longitude change evenly. */
final class PolylineRoute implements Route {
    private static final double EARTH_RADIUS_METRES = 6_371_000;
    private static final long FULL_TURN_E7 = 3_600_000_000L;

    private final List<Position> points;
    private final double[] metresToPoint;
    private final Instant start;
    private final double metresPerSecond;

    PolylineRoute(List<Position> points, Instant start, double metresPerSecond) {
        if (points.size() < 2) {
            throw new IllegalArgumentException("A route needs at least two points, found " + points.size() + ".");
        }
        if (!(metresPerSecond > 0)) {
            throw new IllegalArgumentException("Speed must be above 0 m/s, found " + metresPerSecond + ".");
        }
        this.points = List.copyOf(points);
        this.start = start;
        this.metresPerSecond = metresPerSecond;
        metresToPoint = new double[points.size()];
        for (int i = 1; i < points.size(); i++) {
            double leg = metresBetween(points.get(i - 1), points.get(i));
            if (leg == 0) {
                throw new IllegalArgumentException("Points " + (i - 1) + " and " + i + " of the route are equal.");
            }
            metresToPoint[i] = metresToPoint[i - 1] + leg;
        }
    }

    @Override
    public Position at(Instant time) {
        double seconds = Duration.between(start, time).toMillis() / 1000.0;
        double length = metresToPoint[metresToPoint.length - 1];
        double travelled = Math.max(0, seconds * metresPerSecond) % (2 * length);
        double metres = travelled <= length ? travelled : 2 * length - travelled;
        int leg = 1;
        while (leg < metresToPoint.length - 1 && metresToPoint[leg] < metres) {
            leg++;
        }
        double part = (metres - metresToPoint[leg - 1]) / (metresToPoint[leg] - metresToPoint[leg - 1]);
        return between(points.get(leg - 1), points.get(leg), Math.min(1, part));
    }

    private static Position between(Position from, Position to, double part) {
        long latitude = from.latitudeE7() + Math.round(part * ((long) to.latitudeE7() - from.latitudeE7()));
        long longitude = wrap(from.longitudeE7() + Math.round(part * longitudeStep(from, to)));
        return new Position((int) latitude, (int) longitude);
    }

    private static long longitudeStep(Position from, Position to) {
        return wrap((long) to.longitudeE7() - from.longitudeE7());
    }

    private static long wrap(long longitudeE7) {
        if (longitudeE7 > FULL_TURN_E7 / 2) {
            return longitudeE7 - FULL_TURN_E7;
        }
        return longitudeE7 < -FULL_TURN_E7 / 2 ? longitudeE7 + FULL_TURN_E7 : longitudeE7;
    }

    private static double metresBetween(Position from, Position to) {
        double meanLatitude = Math.toRadians(((double) from.latitudeE7() + to.latitudeE7()) / 2e7);
        double north = Math.toRadians(((double) to.latitudeE7() - from.latitudeE7()) / 1e7);
        double east = Math.toRadians(longitudeStep(from, to) / 1e7) * Math.cos(meanLatitude);
        return EARTH_RADIUS_METRES * Math.hypot(north, east);
    }
}

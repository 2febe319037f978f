package org.trackerreports.benchmarks.evaluation;

import org.trackerreports.movement.Report;
import org.trackerreports.simulator.world.Position;

/** Distances, computed apart from the code that is evaluated: by the law of cosines' stable form for two unit vectors. */
final class Ways {

    private static final double RADIUS_METRES = 6_371_000;

    private Ways() {}

    static double metres(Report one, Report other) {
        return metres(one.latitude(), one.longitude(), other.latitude(), other.longitude());
    }

    static double metres(Report report, Position position) {
        return metres(report.latitude(), report.longitude(), position.latitudeE7() / 1e7, position.longitudeE7() / 1e7);
    }

    static double metres(Position one, Position other) {
        return metres(
                one.latitudeE7() / 1e7, one.longitudeE7() / 1e7, other.latitudeE7() / 1e7, other.longitudeE7() / 1e7);
    }

    private static double metres(double latitude, double longitude, double otherLatitude, double otherLongitude) {
        double phi = Math.toRadians(latitude);
        double otherPhi = Math.toRadians(otherLatitude);
        double lambda = Math.toRadians(otherLongitude - longitude);
        double east = Math.cos(otherPhi) * Math.sin(lambda);
        double north = Math.cos(phi) * Math.sin(otherPhi) - Math.sin(phi) * Math.cos(otherPhi) * Math.cos(lambda);
        double along = Math.sin(phi) * Math.sin(otherPhi) + Math.cos(phi) * Math.cos(otherPhi) * Math.cos(lambda);
        return RADIUS_METRES * Math.atan2(Math.hypot(east, north), along);
    }
}

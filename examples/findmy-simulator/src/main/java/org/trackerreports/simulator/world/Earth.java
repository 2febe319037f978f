package org.trackerreports.simulator.world;

/** Ways on a spherical earth. */
final class Earth {
    static final double RADIUS_METRES = 6_371_000;

    private Earth() {}

    /** The place at a distance in a direction (radians, clockwise from north). */
    static Position from(Position start, double bearing, double metres) {
        double angle = metres / RADIUS_METRES;
        double latitude = Math.toRadians(start.latitudeE7() / 1e7);
        double longitude = Math.toRadians(start.longitudeE7() / 1e7);
        double sine = Math.sin(latitude) * Math.cos(angle) + Math.cos(latitude) * Math.sin(angle) * Math.cos(bearing);
        double newLatitude = Math.asin(Math.max(-1, Math.min(1, sine)));
        double newLongitude = longitude
                + Math.atan2(
                        Math.sin(bearing) * Math.sin(angle) * Math.cos(latitude),
                        Math.cos(angle) - Math.sin(latitude) * sine);
        return degrees(Math.toDegrees(newLatitude), Math.toDegrees(newLongitude));
    }

    /** Metres along the great circle. */
    static double metres(Position one, Position other) {
        return RADIUS_METRES * angle(one, other);
    }

    private static double angle(Position one, Position other) {
        double latitude = Math.toRadians(one.latitudeE7() / 1e7);
        double otherLatitude = Math.toRadians(other.latitudeE7() / 1e7);
        double north = Math.sin((otherLatitude - latitude) / 2);
        double east = Math.sin(Math.toRadians(((double) other.longitudeE7() - one.longitudeE7()) / 1e7) / 2);
        return 2
                * Math.asin(Math.min(
                        1, Math.sqrt(north * north + Math.cos(latitude) * Math.cos(otherLatitude) * east * east)));
    }

    /** The place on the great circle after a part of the way. */
    static Position between(Position from, Position to, double part) {
        double angle = angle(from, to);
        if (angle < 1e-9) {
            return part < 0.5 ? from : to;
        }
        double ofFrom = Math.sin((1 - part) * angle) / Math.sin(angle);
        double ofTo = Math.sin(part * angle) / Math.sin(angle);
        double[] one = vector(from);
        double[] other = vector(to);
        double x = ofFrom * one[0] + ofTo * other[0];
        double y = ofFrom * one[1] + ofTo * other[1];
        double z = ofFrom * one[2] + ofTo * other[2];
        return degrees(Math.toDegrees(Math.atan2(z, Math.hypot(x, y))), Math.toDegrees(Math.atan2(y, x)));
    }

    private static double[] vector(Position position) {
        double latitude = Math.toRadians(position.latitudeE7() / 1e7);
        double longitude = Math.toRadians(position.longitudeE7() / 1e7);
        return new double[] {
            Math.cos(latitude) * Math.cos(longitude), Math.cos(latitude) * Math.sin(longitude), Math.sin(latitude)
        };
    }

    private static Position degrees(double latitude, double longitude) {
        double wrapped = longitude > 180 ? longitude - 360 : longitude < -180 ? longitude + 360 : longitude;
        return Position.ofDegrees(latitude, wrapped);
    }
}

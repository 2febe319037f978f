package org.trackerreports.movement;

/** Distances on a sphere with the earth's mean radius. */
final class Sphere {

    static final double RADIUS_METRES = 6_371_008.8;

    private Sphere() {}

    static boolean isOnEarth(double latitude, double longitude) {
        return latitude >= -90 && latitude <= 90 && longitude >= -180 && longitude <= 180;
    }

    /** Metres along the great circle. */
    static double metres(double latitude, double longitude, double otherLatitude, double otherLongitude) {
        double phi = Math.toRadians(latitude);
        double otherPhi = Math.toRadians(otherLatitude);
        double sinPhi = Math.sin((otherPhi - phi) / 2);
        double sinLambda = Math.sin(Math.toRadians(otherLongitude - longitude) / 2);
        double haversine = sinPhi * sinPhi + Math.cos(phi) * Math.cos(otherPhi) * sinLambda * sinLambda;
        return 2 * RADIUS_METRES * Math.asin(Math.min(1, Math.sqrt(haversine)));
    }

    static double metres(Report one, Report other) {
        return metres(one.latitude(), one.longitude(), other.latitude(), other.longitude());
    }

    /** The longitude of a point as seen from a reference: at most half a turn from it, so beyond 180 degrees if need be. */
    static double longitudeNear(double reference, double longitude) {
        double difference = longitude - reference;
        return difference > 180 ? longitude - 360 : difference < -180 ? longitude + 360 : longitude;
    }
}

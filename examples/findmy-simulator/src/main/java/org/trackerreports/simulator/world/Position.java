package org.trackerreports.simulator.world;

/**
 * A place on earth, in the units of a report.
 *
 * @param latitudeE7 degrees × 10<sup>7</sup>, −900,000,000 to 900,000,000
 * @param longitudeE7 degrees × 10<sup>7</sup>, −1,800,000,000 to 1,800,000,000
 */
public record Position(int latitudeE7, int longitudeE7) {
    /** Refuses places that are not on earth. */
    public Position {
        if (Math.abs((long) latitudeE7) > 900_000_000L) {
            throw new IllegalArgumentException("Latitude is not between -90 and 90 degrees.");
        }
        if (Math.abs((long) longitudeE7) > 1_800_000_000L) {
            throw new IllegalArgumentException("Longitude is not between -180 and 180 degrees.");
        }
    }

    /**
     * A place given in degrees, rounded to 10<sup>−7</sup> degrees.
     *
     * @throws IllegalArgumentException if it is not on earth
     */
    public static Position ofDegrees(double latitude, double longitude) {
        if (!(Math.abs(latitude) <= 90) || !(Math.abs(longitude) <= 180)) {
            throw new IllegalArgumentException("Latitude must be -90 to 90 and longitude -180 to 180 degrees.");
        }
        return new Position((int) Math.round(latitude * 1e7), (int) Math.round(longitude * 1e7));
    }

    /** Keeps coordinates out of logs. */
    @Override
    public String toString() {
        return "Position[hidden]";
    }
}

package org.trackerreports.store.report;

/**
 * A position in WGS 84. Its text form does not contain the coordinates.
 *
 * @param latitude degrees north
 * @param longitude degrees east
 */
public record Position(double latitude, double longitude) {

    /** Whether latitude and longitude are numbers in their ranges. */
    public boolean isOnEarth() {
        return latitude >= -90 && latitude <= 90 && longitude >= -180 && longitude <= 180;
    }

    @Override
    public String toString() {
        return "Position[hidden]";
    }
}

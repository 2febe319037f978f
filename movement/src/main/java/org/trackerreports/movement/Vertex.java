package org.trackerreports.movement;

/**
 * A corner of a polygon. Its text form does not contain the position.
 *
 * @param latitude degrees north, -90 to 90
 * @param longitude degrees east, -180 to 180
 */
public record Vertex(double latitude, double longitude) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if it is not on earth
     */
    public Vertex {
        if (!Sphere.isOnEarth(latitude, longitude)) {
            throw new IllegalArgumentException(
                    "a corner is not on earth: latitude must be -90 to 90, longitude -180 to 180");
        }
    }

    @Override
    public String toString() {
        return "Vertex[hidden]";
    }
}

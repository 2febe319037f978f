package org.trackerreports.movement;

import java.util.Locale;

/**
 * A circle. Its text form does not contain the position.
 *
 * @param latitude of the centre, degrees north
 * @param longitude of the centre, degrees east
 * @param radiusMetres at least {@value #LEAST_RADIUS}: finders are seldom more accurate
 */
public record Circle(double latitude, double longitude, double radiusMetres) implements Area {

    /** The smallest radius in metres. */
    public static final double LEAST_RADIUS = 50;

    /** The largest radius in metres: a quarter of the earth's circumference. */
    public static final double GREATEST_RADIUS = 10_000_000;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if the centre is not on earth, or the radius is too small or too large
     */
    public Circle {
        if (!Sphere.isOnEarth(latitude, longitude)) {
            throw new IllegalArgumentException(
                    "the centre is not on earth: latitude must be -90 to 90, longitude -180 to 180");
        }
        if (!(radiusMetres >= LEAST_RADIUS && radiusMetres <= GREATEST_RADIUS)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "the radius is %s m; it must be %.0f to %.0f m",
                    radiusMetres,
                    LEAST_RADIUS,
                    GREATEST_RADIUS));
        }
    }

    @Override
    public double metresOutside(double pointLatitude, double pointLongitude) {
        return Sphere.metres(latitude, longitude, pointLatitude, pointLongitude) - radiusMetres;
    }

    @Override
    public String toString() {
        return "Circle[radiusMetres=" + radiusMetres + "]";
    }
}

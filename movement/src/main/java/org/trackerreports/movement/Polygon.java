package org.trackerreports.movement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A polygon. It can cross the date line, but contain no pole. Its sides are straight on a map of latitude and longitude, and whether a point
 * is inside is found by ray casting. Its text form does not contain positions.
 */
public final class Polygon implements Area {

    /** The most corners. */
    public static final int MOST_CORNERS = 500;

    private static final double METRES_PER_DEGREE = Math.toRadians(Sphere.RADIUS_METRES);

    private final List<Vertex> corners;
    private final double[] latitudes;
    /** As seen from the first corner, so that they do not jump at the date line. */
    private final double[] longitudes;

    private final double radius;

    /**
     * A polygon with these corners in order; the first may be repeated at the end.
     *
     * @throws IllegalArgumentException if there are fewer than 3 or more than 500 corners, two neighbours are equal, it is wider than half the
     *     earth, it has no area, or it crosses or touches itself
     */
    public Polygon(List<Vertex> corners) {
        List<Vertex> open = new ArrayList<>(corners);
        if (open.size() > 1 && open.get(0).equals(open.get(open.size() - 1))) {
            open.remove(open.size() - 1);
        }
        if (open.size() < 3 || open.size() > MOST_CORNERS) {
            throw new IllegalArgumentException(
                    "the polygon has " + open.size() + " corners; it must have 3 to " + MOST_CORNERS);
        }
        this.corners = List.copyOf(open);
        latitudes = open.stream().mapToDouble(Vertex::latitude).toArray();
        double reference = open.get(0).longitude();
        longitudes = open.stream()
                .mapToDouble(corner -> Sphere.longitudeNear(reference, corner.longitude()))
                .toArray();
        if (width() >= 180) {
            throw new IllegalArgumentException("the polygon is wider than half the earth");
        }
        int crossing = PolygonCheck.firstCrossing(longitudes, latitudes);
        if (crossing >= 0) {
            throw new IllegalArgumentException("the polygon crosses or touches itself at the side after corner "
                    + (crossing + 1) + "; give its corners in the order of its outline, each once");
        }
        radius = Math.sqrt(area() / Math.PI);
        if (!(radius >= 1)) {
            throw new IllegalArgumentException("the polygon has no area");
        }
    }

    /** The corners, without a repeated first one. */
    public List<Vertex> corners() {
        return corners;
    }

    private double width() {
        return Arrays.stream(longitudes).max().orElseThrow()
                - Arrays.stream(longitudes).min().orElseThrow();
    }

    private double area() {
        double middle = Arrays.stream(latitudes).average().orElseThrow();
        double doubled = 0;
        for (int i = 0, j = latitudes.length - 1; i < latitudes.length; j = i++) {
            // From the first corner: the products of small differences are exact.
            doubled += (longitudes[j] - longitudes[0]) * (latitudes[i] - latitudes[0])
                    - (longitudes[i] - longitudes[0]) * (latitudes[j] - latitudes[0]);
        }
        return Math.abs(doubled) / 2 * METRES_PER_DEGREE * METRES_PER_DEGREE * Math.cos(Math.toRadians(middle));
    }

    @Override
    public double metresOutside(double latitude, double longitude) {
        double near = Sphere.longitudeNear(
                (Arrays.stream(longitudes).max().orElseThrow()
                                + Arrays.stream(longitudes).min().orElseThrow())
                        / 2,
                longitude);
        boolean inside = false;
        double least = Double.MAX_VALUE;
        for (int i = 0, j = latitudes.length - 1; i < latitudes.length; j = i++) {
            if (latitudes[i] > latitude != latitudes[j] > latitude
                    && near
                            < longitudes[i]
                                    + (longitudes[j] - longitudes[i])
                                            * (latitude - latitudes[i])
                                            / (latitudes[j] - latitudes[i])) {
                inside = !inside;
            }
            least = Math.min(least, metresToSide(latitude, near, i, j));
        }
        return inside ? -least : least;
    }

    private double metresToSide(double latitude, double longitude, int i, int j) {
        double scale = Math.cos(Math.toRadians(latitude));
        double x = (longitudes[i] - longitude) * scale;
        double y = latitudes[i] - latitude;
        double dx = (longitudes[j] - longitudes[i]) * scale;
        double dy = latitudes[j] - latitudes[i];
        double squared = dx * dx + dy * dy;
        double along = squared == 0 ? 0 : Math.max(0, Math.min(1, -(x * dx + y * dy) / squared));
        // The nearest point by the plate; the distance to it on the sphere, so that far points are right, too.
        return Sphere.metres(
                latitude,
                longitude,
                latitudes[i] + along * dy,
                longitudes[i] + along * (longitudes[j] - longitudes[i]));
    }

    @Override
    public double radiusMetres() {
        return radius;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Polygon polygon && corners.equals(polygon.corners);
    }

    @Override
    public int hashCode() {
        return corners.hashCode();
    }

    @Override
    public String toString() {
        return "Polygon[" + corners.size() + " corners]";
    }
}

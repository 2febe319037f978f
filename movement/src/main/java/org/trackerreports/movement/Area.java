package org.trackerreports.movement;

/** The shape of a place: a {@link Circle} or a {@link Polygon}. */
public sealed interface Area permits Circle, Polygon {

    /**
     * Where a point lies.
     *
     * @return metres to the border; negative inside
     */
    double metresOutside(double latitude, double longitude);

    /** The radius of a circle, or of the circle with the area of a polygon, in metres. */
    double radiusMetres();
}

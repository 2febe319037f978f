package org.trackerreports.store.history;

import java.util.List;

/**
 * A piece of the earth between two parallels and two meridians, in degrees. It reaches from west eastwards to east, so with west
 * greater than east it lies across the date line.
 */
public record GeoBox(double south, double west, double north, double east) {

    public GeoBox {
        if (!(south >= -90 && south <= north && north <= 90)) {
            throw new IllegalArgumentException("a box needs -90 <= south <= north <= 90");
        }
        if (!(west >= -180 && west <= 180 && east >= -180 && east <= 180)) {
            throw new IllegalArgumentException("a box needs west and east from -180 to 180");
        }
    }

    /** The same piece as one or two boxes that do not cross the date line. */
    List<GeoBox> parts() {
        return west <= east
                ? List.of(this)
                : List.of(new GeoBox(south, west, north, 180), new GeoBox(south, -180, north, east));
    }

    @Override
    public String toString() {
        return "GeoBox[hidden]";
    }
}

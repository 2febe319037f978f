package org.trackerreports.store.history;

/**
 * An area between two parallels and two meridians, in degrees. It extends from west eastwards to east; if west is greater than east, it
 * crosses the date line.
 */
public record GeoBox(double south, double west, double north, double east) {

    public GeoBox {
        if (!(south >= -90 && south <= north && north <= 90)) {
            throw new IllegalArgumentException("a box must have -90 <= south <= north <= 90");
        }
        if (!(west >= -180 && west <= 180 && east >= -180 && east <= 180)) {
            throw new IllegalArgumentException("a box must have west and east between -180 and 180");
        }
    }

    @Override
    public String toString() {
        return "GeoBox[hidden]";
    }
}

package org.trackerreports.store.report;

/** A place on WGS 84: degrees, north and east positive. Its text form does not say where. */
public record Position(double latitude, double longitude) {

    public boolean isOnEarth() {
        return latitude >= -90 && latitude <= 90 && longitude >= -180 && longitude <= 180;
    }

    @Override
    public String toString() {
        return "Position[hidden]";
    }
}

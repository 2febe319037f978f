package org.trackerreports.store.history;

import org.trackerreports.store.report.StoredReport;

/**
 * A report near a place.
 *
 * @param report the report
 * @param distanceMetres distance from the place, along the great circle
 */
public record NearbyReport(StoredReport report, double distanceMetres) {

    @Override
    public String toString() {
        return "NearbyReport[" + report + "]";
    }
}

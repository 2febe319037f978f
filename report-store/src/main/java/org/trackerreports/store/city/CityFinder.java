package org.trackerreports.store.city;

import java.util.Optional;

/** Finds the populated place nearest to a position. Implementations are thread-safe and fast enough to be asked per report. */
@FunctionalInterface
public interface CityFinder {

    /**
     * @param latitude degrees, north positive
     * @param longitude degrees, east positive
     * @return empty when nothing is near enough to be named
     */
    Optional<City> nearest(double latitude, double longitude);
}

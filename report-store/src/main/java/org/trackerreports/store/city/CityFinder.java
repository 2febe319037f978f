package org.trackerreports.store.city;

import java.util.Optional;

/** Finds the populated place nearest to a position. Implementations must be thread-safe, and fast enough to be called per report. */
@FunctionalInterface
public interface CityFinder {

    /**
     * Finds the nearest place.
     *
     * @param latitude degrees north
     * @param longitude degrees east
     * @return empty if no place is near enough
     */
    Optional<City> nearest(double latitude, double longitude);
}

package org.trackerreports.store.city;

/**
 * A populated place.
 *
 * @param name its name
 * @param countryCode two letters, ISO 3166-1
 * @param distanceMetres from the given position to the centre of the place, on a sphere
 */
public record City(String name, String countryCode, double distanceMetres) {

    /** Name and country, as stored with a report. */
    public String label() {
        return name + ", " + countryCode;
    }
}

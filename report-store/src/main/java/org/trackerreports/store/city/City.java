package org.trackerreports.store.city;

/**
 * A populated place.
 *
 * @param countryCode two letters, ISO 3166-1
 * @param distanceMetres from the asked position to the place's centre, on a sphere
 */
public record City(String name, String countryCode, double distanceMetres) {

    /** The form that is stored beside a report: name and country. */
    public String label() {
        return name + ", " + countryCode;
    }
}

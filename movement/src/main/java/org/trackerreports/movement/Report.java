package org.trackerreports.movement;

import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.UUID;

/**
 * A report with a position. Its text form does not contain the position.
 *
 * @param digest distinguishes the reports of a tracker that have the same time
 * @param key the advertisement key, in any form; reports of one key, time and position are one sighting
 * @param time when the tracker was seen, by the clock of the finder
 * @param receivedAt when the report was fetched
 * @param latitude degrees north, -90 to 90
 * @param longitude degrees east, -180 to 180
 * @param accuracy horizontal accuracy in metres, 0 or more; absent if unknown
 * @param confidence as received, 0 to 255
 */
public record Report(
        UUID digest,
        String key,
        Instant time,
        Instant receivedAt,
        double latitude,
        double longitude,
        OptionalDouble accuracy,
        int confidence) {

    /** The order of events: by time; reports of the same time by their digests, byte by byte. */
    public static final Comparator<Report> EVENT_ORDER =
            Comparator.comparing(Report::time).thenComparing(Report::digest, Report::compareDigests);

    private static final double UNKNOWN_ACCURACY = 100;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if the position is not on earth or the accuracy is negative or not a number
     */
    public Report {
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(receivedAt, "receivedAt");
        Objects.requireNonNull(accuracy, "accuracy");
        if (!Sphere.isOnEarth(latitude, longitude)) {
            throw new IllegalArgumentException(
                    "the position is not on earth: latitude must be -90 to 90, longitude -180 to 180");
        }
        if (accuracy.isPresent() && !(accuracy.getAsDouble() >= 0)) {
            throw new IllegalArgumentException(
                    "the accuracy must be 0 or more metres, found " + accuracy.getAsDouble());
        }
    }

    /** As PostgreSQL compares them. {@link UUID#compareTo} takes the halves for signed numbers. */
    static int compareDigests(UUID one, UUID other) {
        int high = Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
        return high != 0 ? high : Long.compareUnsigned(one.getLeastSignificantBits(), other.getLeastSignificantBits());
    }

    /** The accuracy, or 100 m if it is unknown. */
    double metres() {
        return accuracy.orElse(UNKNOWN_ACCURACY);
    }

    /** Whether both are the same sighting: one key, time and position. Such reports differ in accuracy only. */
    boolean isTwinOf(Report other) {
        return time.equals(other.time)
                && latitude == other.latitude
                && longitude == other.longitude
                && key.equals(other.key);
    }

    @Override
    public String toString() {
        return "Report[time=" + time + ", digest=" + digest + "]";
    }
}

package org.trackerreports.simulator.world;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * One sighting of a tag: what a client that fetches and decrypts its report must obtain.
 *
 * @param hashedKey hashed advertisement key that was on the air (standard base64 of SHA-256, 44 characters)
 * @param time the finder's time of the sighting, whole seconds, 2001-01-01 or later
 * @param latitudeE7 degrees × 10<sup>7</sup>; not checked, because a broken finder can report a place that is not on earth
 * @param longitudeE7 degrees × 10<sup>7</sup>; not checked either
 * @param horizontalAccuracy metres, 0 to 255
 * @param confidence 0 to 255; 1 to 3 is usual
 * @param status the tag's status byte, 0 to 255
 * @param uploadedAt when the service has the report; never before {@code time}
 */
public record Sighting(
        String hashedKey,
        Instant time,
        int latitudeE7,
        int longitudeE7,
        int horizontalAccuracy,
        int confidence,
        int status,
        Instant uploadedAt) {
    static final long EPOCH_2001 = 978_307_200L;

    /** Checks the ranges. */
    public Sighting {
        Objects.requireNonNull(hashedKey, "hashedKey");
        requireByte("Horizontal accuracy", horizontalAccuracy);
        requireByte("Confidence", confidence);
        requireByte("Status", status);
        if (!time.equals(time.truncatedTo(ChronoUnit.SECONDS)) || time.getEpochSecond() < EPOCH_2001) {
            throw new IllegalArgumentException("A sighting's time must be whole seconds from 2001 on.");
        }
        if (uploadedAt.isBefore(time)) {
            throw new IllegalArgumentException("A sighting cannot be uploaded before it happened.");
        }
    }

    /** Keeps coordinates and keys out of logs. */
    @Override
    public String toString() {
        return "Sighting[time=" + time + ", uploadedAt=" + uploadedAt + "]";
    }

    static void requireByte(String what, int value) {
        if (value < 0 || value > 255) {
            throw new IllegalArgumentException(what + " must be 0 to 255, found " + value + ".");
        }
    }
}

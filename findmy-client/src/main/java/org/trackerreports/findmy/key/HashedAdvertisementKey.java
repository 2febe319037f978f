package org.trackerreports.findmy.key;

import java.util.Base64;
import java.util.Objects;

/**
 * The SHA-256 of an {@link AdvertisementKey}. It is all that the report service learns about a tracker, and the id under which the
 * service returns reports.
 *
 * @param base64 standard base64 with padding of the 32 bytes, 44 characters, exactly as the service writes it
 */
public record HashedAdvertisementKey(String base64) implements Comparable<HashedAdvertisementKey> {

    private static final int BYTES = 32;

    /**
     * Checks the text.
     *
     * @throws IllegalArgumentException if it is not the standard base64 of 32 bytes
     */
    public HashedAdvertisementKey {
        Objects.requireNonNull(base64, "base64");
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "a hashed advertisement key is base64 of 32 bytes; this is not base64", e);
        }
        if (bytes.length != BYTES || !Base64.getEncoder().encodeToString(bytes).equals(base64)) {
            throw new IllegalArgumentException("a hashed advertisement key is the padded base64 of 32 bytes; found "
                    + bytes.length + " bytes in " + base64.length() + " characters");
        }
    }

    @Override
    public int compareTo(HashedAdvertisementKey other) {
        return base64.compareTo(other.base64);
    }

    @Override
    public String toString() {
        return base64;
    }
}

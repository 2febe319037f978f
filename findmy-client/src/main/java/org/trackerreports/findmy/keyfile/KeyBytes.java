package org.trackerreports.findmy.keyfile;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.trackerreports.findmy.key.AdvertisementKey;
import org.trackerreports.findmy.key.PrivateTrackerKey;

/** Turns the bytes and texts of key files into checked keys. Stateless and thread-safe. */
final class KeyBytes {

    /** Writers that drop leading zeros drop one byte in 256 keys, two in 65,536; fewer bytes than these are a broken key. */
    private static final int MIN_KEY_BYTES = 24;

    /** An uncompressed point {@code 04 ‖ X ‖ Y} alone, and with the scalar behind it, as Apple's tools export it. */
    private static final int POINT = 57;

    private static final int POINT_AND_SCALAR = 85;

    private KeyBytes() {}

    static byte[] base64(String what, String text) throws UnusableEntryException {
        try {
            return Base64.getDecoder().decode(text.replaceAll("\\s", ""));
        } catch (IllegalArgumentException e) {
            throw new UnusableEntryException(
                    what + " is not base64 (" + text.length() + " characters); copy it again from where it was made");
        }
    }

    static byte[] hex(String what, String text, int bytes) throws UnusableEntryException {
        try {
            byte[] decoded = HexFormat.of().parseHex(text.strip());
            if (decoded.length == bytes) {
                return decoded;
            }
        } catch (IllegalArgumentException e) {
            // The same message serves both faults.
        }
        throw new UnusableEntryException(what + " is not hexadecimal of " + bytes + " bytes: expected " + 2 * bytes
                + " digits, found " + text.strip().length() + " characters");
    }

    /**
     * A private key from the bytes that files have for it.
     *
     * @param bytes 28 bytes; fewer if leading zeros were dropped; or 85 bytes, an uncompressed point and the scalar
     */
    static PrivateTrackerKey privateKey(String what, byte[] bytes) throws UnusableEntryException {
        if (bytes.length == POINT_AND_SCALAR) {
            PrivateTrackerKey key = scalar(what, Arrays.copyOfRange(bytes, POINT, POINT_AND_SCALAR));
            requirePoint(key, Arrays.copyOf(bytes, POINT));
            return key;
        }
        if (bytes.length < MIN_KEY_BYTES || bytes.length > PrivateTrackerKey.BYTES) {
            throw new UnusableEntryException(
                    what + " has " + bytes.length
                            + " bytes; expected 28 (or 85 with the public key in front). It is cut off, or it is something else");
        }
        return scalar(what, padded(bytes));
    }

    /** As {@link #privateKey}, where only the full 28 bytes are a key. */
    static PrivateTrackerKey scalar(String what, byte[] bytes) throws UnusableEntryException {
        try {
            return PrivateTrackerKey.of(bytes);
        } catch (IllegalArgumentException e) {
            throw new UnusableEntryException(what + " is not usable: " + e.getMessage());
        }
    }

    /** Compares what the file says about the public side with what the private key gives. */
    static void requireAdvertised(PrivateTrackerKey key, byte[] advertised) throws UnusableEntryException {
        if (advertised.length > AdvertisementKey.BYTES || !Arrays.equals(padded(advertised), advertisedBytes(key))) {
            throw new UnusableEntryException(
                    "the advertised key does not match the private key; the two are swapped, or of different trackers,"
                            + " or one is damaged. Export the keys again");
        }
    }

    static void requireHashed(PrivateTrackerKey key, byte[] hashed) throws UnusableEntryException {
        if (!Base64.getEncoder().encodeToString(hashed).equals(key.hashed().base64())) {
            throw new UnusableEntryException(
                    "the hashed key does not match the private key; they are of different trackers, or one is damaged."
                            + " Export the keys again");
        }
    }

    /** Compares with an uncompressed point {@code 04 ‖ X ‖ Y}. */
    static void requirePoint(PrivateTrackerKey key, byte[] point) throws UnusableEntryException {
        boolean matches = point.length == POINT
                && point[0] == 4
                && Arrays.equals(point, 1, 1 + AdvertisementKey.BYTES, advertisedBytes(key), 0, AdvertisementKey.BYTES);
        if (!matches) {
            throw new UnusableEntryException(
                    "the public key does not match the private key; the record is damaged." + " Export it again");
        }
    }

    /** A private key as base64 or as 56 hexadecimal digits; empty if the text is neither by its form. */
    static Optional<byte[]> bareKey(String text) {
        try {
            byte[] bytes = text.length() == 2 * PrivateTrackerKey.BYTES
                    ? HexFormat.of().parseHex(text)
                    : Base64.getDecoder().decode(text);
            return bytes.length == PrivateTrackerKey.BYTES ? Optional.of(bytes) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static byte[] advertisedBytes(PrivateTrackerKey key) {
        return key.advertisementKey().bytes();
    }

    private static byte[] padded(byte[] bytes) {
        byte[] full = new byte[PrivateTrackerKey.BYTES];
        System.arraycopy(bytes, 0, full, full.length - bytes.length, bytes.length);
        return full;
    }
}

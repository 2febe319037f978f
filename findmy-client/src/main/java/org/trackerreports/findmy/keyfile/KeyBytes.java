package org.trackerreports.findmy.keyfile;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.trackerreports.findmy.key.AdvertisementKey;
import org.trackerreports.findmy.key.PrivateTrackerKey;

/** Makes keys from the bytes and strings of key files, and checks them. Stateless and thread-safe. */
final class KeyBytes {

    /** Some programs drop leading zeros: one byte in every 256th key, two in every 65,536th. Shorter keys are damaged. */
    private static final int MIN_KEY_BYTES = 24;

    /** An uncompressed point {@code 04 ‖ X ‖ Y}; and the same followed by the scalar, the form that Apple's tools export. */
    private static final int POINT = 57;

    private static final int POINT_AND_SCALAR = 85;

    private KeyBytes() {}

    static byte[] base64(String what, String text) throws UnusableEntryException {
        try {
            return decode(text);
        } catch (IllegalArgumentException e) {
            throw new UnusableEntryException(
                    what + " is not base64 (" + text.length() + " characters); copy it from its source again");
        }
    }

    /** Base64 with the usual alphabet or the one for URLs, which some programs write. */
    private static byte[] decode(String text) {
        return Base64.getDecoder()
                .decode(text.replaceAll("\\s", "").replace('-', '+').replace('_', '/'));
    }

    static byte[] hex(String what, String text, int bytes) throws UnusableEntryException {
        try {
            byte[] decoded = HexFormat.of().parseHex(text.strip());
            if (decoded.length == bytes) {
                return decoded;
            }
        } catch (IllegalArgumentException e) {
            // Same message as for a wrong length.
        }
        throw new UnusableEntryException(what + " is not hexadecimal of " + bytes + " bytes: expected " + 2 * bytes
                + " digits, found " + text.strip().length() + " characters");
    }

    /**
     * A private key from the bytes in a file.
     *
     * @param bytes 28 bytes, or fewer if leading zeros were dropped, or 85 bytes: an uncompressed point and the scalar
     */
    static PrivateTrackerKey privateKey(String what, byte[] bytes) throws UnusableEntryException {
        if (bytes.length == POINT_AND_SCALAR) {
            PrivateTrackerKey key = scalar(what, Arrays.copyOfRange(bytes, POINT, POINT_AND_SCALAR));
            requirePoint(key, Arrays.copyOf(bytes, POINT));
            return key;
        }
        if (bytes.length < MIN_KEY_BYTES || bytes.length > PrivateTrackerKey.BYTES) {
            throw new UnusableEntryException(what + " has " + bytes.length
                    + " bytes; expected 28, or 85 including the public key. It is truncated, or not a private key");
        }
        return scalar(what, padded(bytes));
    }

    /** A private key of exactly 28 bytes. */
    static PrivateTrackerKey scalar(String what, byte[] bytes) throws UnusableEntryException {
        try {
            return PrivateTrackerKey.of(bytes);
        } catch (IllegalArgumentException e) {
            throw new UnusableEntryException(what + " is not usable: " + e.getMessage());
        }
    }

    /** Checks that an advertisement key belongs to the private key. */
    static void requireAdvertised(PrivateTrackerKey key, byte[] advertised) throws UnusableEntryException {
        if (advertised.length > AdvertisementKey.BYTES || !Arrays.equals(padded(advertised), advertisedBytes(key))) {
            throw new UnusableEntryException(
                    "the advertised key does not match the private key: they are swapped, belong to different trackers,"
                            + " or one is damaged. Export the keys again");
        }
    }

    static void requireHashed(PrivateTrackerKey key, byte[] hashed) throws UnusableEntryException {
        if (!Base64.getEncoder().encodeToString(hashed).equals(key.hashed().base64())) {
            throw new UnusableEntryException(
                    "the hashed key does not match the private key: they belong to different trackers, or one is damaged."
                            + " Export the keys again");
        }
    }

    /** Checks that an uncompressed point {@code 04 ‖ X ‖ Y} belongs to the private key. */
    static void requirePoint(PrivateTrackerKey key, byte[] point) throws UnusableEntryException {
        boolean matches = point.length == POINT
                && point[0] == 4
                && Arrays.equals(point, 1, 1 + AdvertisementKey.BYTES, advertisedBytes(key), 0, AdvertisementKey.BYTES);
        if (!matches) {
            throw new UnusableEntryException(
                    "the public key does not match the private key: the record is damaged. Export it again");
        }
    }

    /** The bytes of a private key in base64 or in 56 hexadecimal digits; empty if the text has neither form. */
    static Optional<byte[]> bareKey(String text) {
        try {
            byte[] bytes = text.length() == 2 * PrivateTrackerKey.BYTES
                    ? HexFormat.of().parseHex(text)
                    : decode(text);
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

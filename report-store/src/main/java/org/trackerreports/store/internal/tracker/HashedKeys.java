package org.trackerreports.store.internal.tracker;

import java.util.Base64;

/** The form of a hashed advertisement key: standard base64 of 32 bytes. */
public final class HashedKeys {

    private static final int TEXT_LENGTH = 44;
    private static final int HASH_LENGTH = 32;

    private HashedKeys() {}

    /** Whether this is the one valid spelling of a hash. */
    public static boolean isWellFormed(String key) {
        if (key.length() != TEXT_LENGTH) {
            return false;
        }
        try {
            byte[] hash = Base64.getDecoder().decode(key);
            // The last character has unused bits. Another spelling of the same hash would get around the unique index.
            return hash.length == HASH_LENGTH
                    && Base64.getEncoder().encodeToString(hash).equals(key);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}

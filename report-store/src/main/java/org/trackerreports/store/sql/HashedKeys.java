package org.trackerreports.store.sql;

import java.util.Base64;

/** The form of a hashed advertisement key: standard base64 of 32 bytes. */
public final class HashedKeys {

    private static final int TEXT_LENGTH = 44;
    private static final int HASH_LENGTH = 32;

    private HashedKeys() {}

    public static boolean isWellFormed(String key) {
        if (key.length() != TEXT_LENGTH) {
            return false;
        }
        try {
            byte[] hash = Base64.getDecoder().decode(key);
            // The last letter has bits to spare; another writing of the same hash would escape the unique index.
            return hash.length == HASH_LENGTH
                    && Base64.getEncoder().encodeToString(hash).equals(key);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}

package org.trackerreports.findmy.keyfile;

import java.util.Objects;

/**
 * Why an entry of a key file cannot be used, or not wholly. Never holds key material, so it may be logged and shown.
 *
 * @param where the place in the file, such as {@code entry 3 (Bike)} or {@code line 7}
 * @param message what was found, what was expected, and what to do
 */
public record KeyFileProblem(String where, String message) {

    public KeyFileProblem {
        Objects.requireNonNull(where, "where");
        Objects.requireNonNull(message, "message");
    }

    /** The sentence for a user. */
    @Override
    public String toString() {
        return where + ": " + message;
    }
}

package org.trackerreports.findmy.keyfile;

import java.util.Objects;

/**
 * Why an entry of a key file cannot be used completely. Contains no key material, so it is safe to log and to show.
 *
 * @param where the place in the file, such as {@code entry 3 (Bike)} or {@code line 7}
 * @param message what was expected, what was found, and what to do
 */
public record KeyFileProblem(String where, String message) {

    public KeyFileProblem {
        Objects.requireNonNull(where, "where");
        Objects.requireNonNull(message, "message");
    }

    /** The place and the message, for the user. */
    @Override
    public String toString() {
        return where + ": " + message;
    }
}

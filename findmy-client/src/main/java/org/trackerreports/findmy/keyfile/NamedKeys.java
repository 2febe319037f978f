package org.trackerreports.findmy.keyfile;

import java.util.Objects;
import java.util.Optional;
import org.trackerreports.findmy.key.TrackerKeys;

/**
 * One tracker of a key file.
 *
 * @param name from the content, else the file's name without its extension; not blank, without control characters
 * @param keys the secrets
 * @param identifier what the file knows the tracker by, such as Apple's UUID or macless-haystack's number
 */
public record NamedKeys(String name, TrackerKeys keys, Optional<String> identifier) {

    /**
     * Checks the texts.
     *
     * @throws IllegalArgumentException if name or identifier is empty, has blanks at its ends, control characters or half a
     *     character
     */
    public NamedKeys {
        Objects.requireNonNull(keys, "keys");
        check("name", name);
        identifier.ifPresent(text -> check("identifier", text));
    }

    private static void check(String what, String text) {
        if (!Labels.clean(text).equals(Optional.of(text))) {
            throw new IllegalArgumentException("a tracker's " + what
                    + " is a text without control characters and without blanks at its ends; found one of "
                    + text.length()
                    + " characters that is not");
        }
    }
}

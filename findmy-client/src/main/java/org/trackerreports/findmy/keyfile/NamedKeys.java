package org.trackerreports.findmy.keyfile;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.trackerreports.findmy.key.PrivateTrackerKey;
import org.trackerreports.findmy.key.StaticKeys;
import org.trackerreports.findmy.key.TrackerKeys;

/**
 * One tracker of a key file.
 *
 * @param name from the content, or else the name of the file without its extension; not blank, without control characters
 * @param keys the secrets
 * @param identifier the id of the tracker in the file, such as Apple's UUID or macless-haystack's number
 * @param appleDevice whether it is a telephone, computer or the like of Apple's own, which is reported rarely
 */
public record NamedKeys(String name, TrackerKeys keys, Optional<String> identifier, boolean appleDevice) {

    /**
     * Checks the name and the identifier.
     *
     * @throws IllegalArgumentException if one of them is empty, has spaces at its start or end, control characters, or half of a
     *     surrogate pair
     */
    public NamedKeys {
        Objects.requireNonNull(keys, "keys");
        check("name", name);
        identifier.ifPresent(text -> check("identifier", text));
    }

    /** A tracker that is no device of Apple's own; as the other constructor. */
    public NamedKeys(String name, TrackerKeys keys, Optional<String> identifier) {
        this(name, keys, identifier, false);
    }

    /**
     * A tracker with fixed keys, from their text.
     *
     * @param name as {@link #name}
     * @param privateKeys all keys that it broadcasts, each as {@link PrivateTrackerKey#ofBase64} takes it; at least one
     * @throws IllegalArgumentException if the name or a key is not usable, or a key occurs twice
     */
    public static NamedKeys ofBase64(String name, String... privateKeys) {
        return new NamedKeys(
                name,
                new StaticKeys(Arrays.stream(privateKeys)
                        .map(PrivateTrackerKey::ofBase64)
                        .toList()),
                Optional.empty());
    }

    /** The same tracker under another name. */
    public NamedKeys renamed(String newName) {
        return new NamedKeys(newName, keys, identifier, appleDevice);
    }

    /** Whether a text can be the name of a tracker. */
    public static boolean isName(String text) {
        return Labels.valid(text).equals(Optional.of(text));
    }

    private static void check(String what, String text) {
        if (!isName(text)) {
            throw new IllegalArgumentException("a tracker's " + what
                    + " must not be empty, contain control characters, or start or end with a space; found one of "
                    + text.length() + " characters that is invalid");
        }
    }
}

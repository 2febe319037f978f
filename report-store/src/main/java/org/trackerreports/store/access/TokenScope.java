package org.trackerreports.store.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What the holder of a token may do. Each scope includes those before it. */
public enum TokenScope {
    /** Read trackers, positions and history. */
    READ,
    /** Also change places, and share positions. */
    PLACES,
    /** Also rename, label and enable trackers, and set up the system. */
    ADMIN;

    /** The word for people, in JSON and in the database. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The scope with a word. */
    public static Optional<TokenScope> of(String word) {
        return Arrays.stream(values())
                .filter(scope -> scope.word().equals(word))
                .findFirst();
    }
}

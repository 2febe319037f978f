package org.trackerreports.server.route;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a caller may do. Each scope includes those before it. */
public enum Scope {
    /** What everybody may do, without a token. */
    NONE,
    /** Read trackers, positions and history. */
    READ,
    /** Also change places and share positions. */
    PLACES,
    /** Also rename and label trackers, and set up the system. */
    ADMIN;

    /** Whether this scope includes another one. */
    public boolean includes(Scope other) {
        return compareTo(other) >= 0;
    }

    /** The word for people, options and JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The scope with a word. */
    public static Optional<Scope> of(String word) {
        return Arrays.stream(values())
                .filter(scope -> scope.word().equals(word))
                .findFirst();
    }
}

package org.trackerreports.findmy;

import java.util.Optional;

/** Keeps nothing beyond the program's end; the client itself remembers until then. */
final class MemorySessionStore implements SessionStore {

    @Override
    public Optional<SavedLogin> load() {
        return Optional.empty();
    }

    @Override
    public void save(SavedLogin login) {
        // The client holds it already.
    }
}

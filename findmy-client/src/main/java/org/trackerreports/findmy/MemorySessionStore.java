package org.trackerreports.findmy;

import java.util.Optional;

/** Stores nothing: the session lives as long as the client. */
final class MemorySessionStore implements SessionStore {

    @Override
    public Optional<SavedLogin> load() {
        return Optional.empty();
    }

    @Override
    public void save(SavedLogin login) {
        // The client has it already.
    }
}

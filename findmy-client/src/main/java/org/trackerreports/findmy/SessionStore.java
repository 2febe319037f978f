package org.trackerreports.findmy;

import java.io.IOException;
import java.util.Optional;

/**
 * Stores what a client knows about its account between two runs of a program. One store serves one account.
 *
 * <p>An implementation must be thread-safe, must replace what is stored completely or not at all, and should encrypt it: see {@link
 * FileSessionStore}. For a database, {@link SavedLogin#toBytes} gives the bytes to encrypt and to store.
 */
public interface SessionStore {

    /**
     * The login that was saved last; empty if there is none yet.
     *
     * @throws IOException if it cannot be read or opened; the message says what to do and holds no secret
     */
    Optional<SavedLogin> load() throws IOException;

    /**
     * Saves a login in place of the one before.
     *
     * @throws IOException if it could not be stored; then the one before is still there
     */
    void save(SavedLogin login) throws IOException;
}

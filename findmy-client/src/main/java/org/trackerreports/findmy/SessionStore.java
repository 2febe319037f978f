package org.trackerreports.findmy;

import java.io.IOException;
import java.util.Optional;

/**
 * Where a client keeps what it knows of its account between two runs of a program. One store serves one account.
 *
 * <p>An implementation must be thread-safe, must replace what is stored at once or not at all, and should encrypt it: see {@link
 * FileSessionStore}. For a database, {@link SavedLogin#toBytes} gives the bytes to encrypt and to store.
 */
public interface SessionStore {

    /**
     * What was saved last; empty if there is nothing yet.
     *
     * @throws IOException if it cannot be read or opened; the message says what to do and holds no secret
     */
    Optional<SavedLogin> load() throws IOException;

    /**
     * Saves in place of what was there.
     *
     * @throws IOException if it could not be stored; then what was there before is still there
     */
    void save(SavedLogin login) throws IOException;
}

package org.trackerreports.findmy.anisette;

/**
 * Source of one-time anisette data. The library cannot compute this data, but an anisette server can; see {@link AnisetteServer}.
 *
 * <p>Implementations must be thread-safe, must return data of the same machine as long as a session lasts, and should cache the data
 * while it is fresh.
 */
@FunctionalInterface
public interface AnisetteProvider {

    /**
     * Data that is fresh enough to be sent now.
     *
     * @return the data
     * @throws AnisetteException if there is none; the message says why, and what to do
     */
    AnisetteData current() throws AnisetteException;
}

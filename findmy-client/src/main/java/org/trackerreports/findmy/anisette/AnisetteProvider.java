package org.trackerreports.findmy.anisette;

/**
 * Where one-time anisette data comes from. The library cannot compute it: a server does, see {@link AnisetteServer}.
 *
 * <p>Implementations must be thread-safe, must give data of one and the same machine for the life of a session, and should answer
 * from a cache while the data is fresh.
 */
@FunctionalInterface
public interface AnisetteProvider {

    /**
     * Data that is fresh enough to be sent now.
     *
     * @throws AnisetteException if there is none; the message says why and what to do
     */
    AnisetteData current() throws AnisetteException;
}

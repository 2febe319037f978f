package org.trackerreports.findmy.anisette;

import java.net.URI;
import java.time.Clock;
import java.util.Objects;
import org.trackerreports.findmy.http.HttpSettings;
import org.trackerreports.findmy.internal.Transport;
import org.trackerreports.findmy.internal.Transport.Trust;

/**
 * Anisette data from a server of the v1 interface ({@code GET /}), the most common kind. All who use one server share its machine.
 *
 * <p>Only the one-time password, the machine id and the routing information are taken. The client information that such servers
 * offer is not: many offer one that the sign-in service refuses. Thread-safe; many threads that ask at once cause one request.
 */
public final class AnisetteServer implements AnisetteProvider {

    private final FreshData data;

    /**
     * A provider.
     *
     * @param address where the server is, such as {@code http://localhost:6969}
     */
    public AnisetteServer(URI address, HttpSettings settings, Clock clock) {
        Objects.requireNonNull(address, "address");
        AnisetteApi api = new Transport(settings).sharing(AnisetteApi.class, address, Trust.PLATFORM);
        this.data = new FreshData(clock, () -> AnisetteCalls.data(address, AnisetteCalls.json(address, api::headers)));
    }

    @Override
    public AnisetteData current() throws AnisetteException {
        return data.get();
    }
}

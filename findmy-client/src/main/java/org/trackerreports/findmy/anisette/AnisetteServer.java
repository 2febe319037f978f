package org.trackerreports.findmy.anisette;

import java.net.URI;
import java.time.Clock;
import java.util.Objects;
import org.trackerreports.findmy.http.HttpSettings;
import org.trackerreports.findmy.internal.ServerAddress;
import org.trackerreports.findmy.internal.Transport;
import org.trackerreports.findmy.internal.Transport.Trust;

/**
 * Anisette data from a server with the v1 interface ({@code GET /}), the most common kind. All users of such a server share its machine.
 *
 * <p>Uses only the one-time password, the machine id and the routing information. It ignores the client information, because the sign-in
 * service refuses the one that many servers send. Thread-safe; concurrent calls cause one request.
 */
public final class AnisetteServer implements AnisetteProvider {

    private final FreshData data;

    /**
     * A provider.
     *
     * @param address the address of the server, such as {@code http://localhost:6969}; user and
     *     password in it are sent as basic authorization, and shown nowhere
     * @param settings limits of a call, and certificates to trust
     * @param clock the time
     */
    public AnisetteServer(URI address, HttpSettings settings, Clock clock) {
        Objects.requireNonNull(address, "address");
        AnisetteApi api = new Transport(settings).sharing(AnisetteApi.class, address, Trust.PLATFORM);
        URI shown = ServerAddress.of(address).address();
        this.data = new FreshData(clock, () -> AnisetteCalls.data(shown, AnisetteCalls.json(shown, api::headers)));
    }

    @Override
    public AnisetteData current() throws AnisetteException {
        return data.get();
    }
}

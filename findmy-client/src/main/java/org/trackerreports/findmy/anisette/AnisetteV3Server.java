package org.trackerreports.findmy.anisette;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Objects;
import org.trackerreports.findmy.http.HttpSettings;
import org.trackerreports.findmy.internal.ServerAddress;
import org.trackerreports.findmy.internal.ServerText;
import org.trackerreports.findmy.internal.Transport;
import org.trackerreports.findmy.internal.Transport.Trust;

/**
 * Anisette data from a server with the v3 interface, for a machine that the caller owns: see {@link MachineProvisioning}. The server
 * stores nothing, so the machine stays the same when the server is replaced.
 *
 * <p>Does not provision a machine again when it is no longer provisioned, because that would make it another machine: the account would
 * ask for a second factor and have one more device. Thread-safe; concurrent calls cause one request.
 */
public final class AnisetteV3Server implements AnisetteProvider {

    private static final String NOT_PROVISIONED = "-45061";

    private final URI address;
    private final FreshData data;

    /**
     * A provider.
     *
     * @param address the address of the server, such as {@code http://localhost:6969}
     * @param machine the machine
     * @param settings limits of a call, and certificates to trust
     * @param clock the time
     */
    public AnisetteV3Server(URI address, ProvisionedMachine machine, HttpSettings settings, Clock clock) {
        this.address =
                ServerAddress.of(Objects.requireNonNull(address, "address")).address();
        AnisetteV3Api api = new Transport(settings).sharing(AnisetteV3Api.class, address, Trust.PLATFORM);
        byte[] request = JsonNodeFactory.instance
                .objectNode()
                .put("identifier", machine.identifierBase64())
                .put("adi_pb", machine.provisioningData())
                .toString()
                .getBytes(StandardCharsets.UTF_8);
        this.data = new FreshData(clock, () -> read(AnisetteCalls.json(this.address, () -> api.headers(request))));
    }

    @Override
    public AnisetteData current() throws AnisetteException {
        return data.get();
    }

    private AnisetteData read(JsonNode json) throws AnisetteException {
        String result = json.path("result").asText();
        if (result.equals("Headers")) {
            return AnisetteCalls.data(address, json);
        }
        String message = json.path("message").asText("no message");
        throw new AnisetteException("the anisette server at " + address + " returned no data ("
                + (result.isEmpty() ? "an answer without a result" : ServerText.brief(result)) + ": "
                + ServerText.brief(message) + ")"
                + (message.contains(NOT_PROVISIONED) ? "; provision a new machine, and sign in again" : ""));
    }
}

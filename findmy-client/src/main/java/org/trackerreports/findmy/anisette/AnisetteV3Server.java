package org.trackerreports.findmy.anisette;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Objects;
import org.trackerreports.findmy.http.HttpSettings;
import org.trackerreports.findmy.internal.Transport;
import org.trackerreports.findmy.internal.Transport.Trust;

/**
 * Anisette data from a server of the v3 interface, for a machine of the caller's own: see {@link MachineProvisioning}. The server keeps
 * nothing, so the machine stays the same when the server is replaced.
 *
 * <p>A machine that is not provisioned any more is never provisioned anew by itself, because that makes it another machine: the
 * account would ask for a second factor and get one more device. Thread-safe; many threads that ask at once cause one request.
 */
public final class AnisetteV3Server implements AnisetteProvider {

    private static final String NOT_PROVISIONED = "-45061";

    private final URI address;
    private final FreshData data;

    /**
     * A provider.
     *
     * @param address where the server is, such as {@code http://localhost:6969}
     */
    public AnisetteV3Server(URI address, ProvisionedMachine machine, HttpSettings settings, Clock clock) {
        this.address = Objects.requireNonNull(address, "address");
        AnisetteV3Api api = new Transport(settings).sharing(AnisetteV3Api.class, address, Trust.PLATFORM);
        byte[] question = JsonNodeFactory.instance
                .objectNode()
                .put("identifier", machine.identifierBase64())
                .put("adi_pb", machine.provisioningData())
                .toString()
                .getBytes(StandardCharsets.UTF_8);
        this.data = new FreshData(clock, () -> read(AnisetteCalls.json(address, () -> api.headers(question))));
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
        String message = json.path("message").asText("no further text");
        throw new AnisetteException("the anisette server at " + address + " gives no data ("
                + (result.isEmpty() ? "an answer without a result" : result) + ": " + message + ")"
                + (message.contains(NOT_PROVISIONED) ? "; provision a new machine, then sign in again" : ""));
    }
}

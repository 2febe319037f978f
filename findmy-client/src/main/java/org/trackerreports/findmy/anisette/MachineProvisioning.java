package org.trackerreports.findmy.anisette;

import com.dd.plist.NSDictionary;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.WebSocket;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.trackerreports.findmy.anisette.AppleProvisioning.Addresses;
import org.trackerreports.findmy.http.HttpSettings;
import org.trackerreports.findmy.http.ServiceAddresses;
import org.trackerreports.findmy.internal.Transport;
import org.trackerreports.findmy.internal.Transport.Trust;

/**
 * Provisions machines for {@link AnisetteV3Server}: once for each account, with the result stored. An anisette server of the v3
 * interface and Apple's service take part; the account's name and password do not. Thread-safe.
 *
 * <p>Source: anisette-v3-server, omnisette; section 3.3 of the protocol page.
 */
public final class MachineProvisioning {

    private static final String SESSION_PATH = "/v3/provisioning_session";

    private final URI server;
    private final Transport transport;
    private final Duration patience;
    private final AnisetteV3Api anisette;
    private final ProvisioningApi apple;
    private final String clientInfo;
    private final Clock clock;

    /**
     * A provisioning.
     *
     * @param server the anisette server, such as {@code http://localhost:6969}
     * @param addresses where Apple's services are
     * @param clientInfo who the machine claims to be, as for the sign-in. The one that the server offers is not taken: many offer one
     *     that the sign-in service refuses
     */
    public MachineProvisioning(
            URI server, ServiceAddresses addresses, HttpSettings settings, String clientInfo, Clock clock) {
        this.server = Objects.requireNonNull(server, "server");
        this.clientInfo = Objects.requireNonNull(clientInfo, "clientInfo");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.transport = new Transport(settings);
        this.patience = settings.callTimeout();
        this.anisette = transport.sharing(AnisetteV3Api.class, server, Trust.PLATFORM);
        this.apple = transport.freshConnections(ProvisioningApi.class, addresses.gsa(), Trust.APPLE_ROOT);
    }

    /**
     * Makes a new machine.
     *
     * @throws AnisetteException if the server or Apple's service refuses or fails; the message says which, and why
     */
    public ProvisionedMachine provision() throws AnisetteException {
        UUID identifier = UUID.randomUUID();
        // Finds a server without v3 before anybody is asked for anything.
        AnisetteCalls.required(server, AnisetteCalls.json(server, anisette::clientInfo), "client_info");
        AppleProvisioning steps = new AppleProvisioning(apple, clientInfo, identifier, clock);
        Addresses addresses = steps.lookup();
        ProvisioningConversation conversation = new ProvisioningConversation();
        WebSocket socket = open(conversation);
        try {
            return new ProvisionedMachine(identifier, converse(socket, conversation, identifier, steps, addresses));
        } finally {
            socket.abort();
        }
    }

    private WebSocket open(ProvisioningConversation conversation) throws AnisetteException {
        String base = server.toString().replaceFirst("^http", "ws").replaceFirst("/$", "");
        try {
            return transport
                    .webSocket(URI.create(base + SESSION_PATH), Trust.PLATFORM, conversation)
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ProvisioningConversation.failed("this side was interrupted");
        } catch (ExecutionException e) {
            throw new AnisetteException(
                    "the anisette server at " + server + " opens no provisioning session: "
                            + e.getCause().getMessage(),
                    e.getCause());
        } catch (TimeoutException e) {
            throw ProvisioningConversation.failed("it did not open a session in time");
        }
    }

    /** The server speaks first, and waits about three seconds for each answer. */
    private String converse(
            WebSocket socket,
            ProvisioningConversation conversation,
            UUID identifier,
            AppleProvisioning steps,
            Addresses addresses)
            throws AnisetteException {
        while (true) {
            JsonNode asked = conversation.next(patience);
            String result = asked.path("result").asText();
            switch (result) {
                case "GiveIdentifier" ->
                    ProvisioningConversation.say(socket, Map.of("identifier", ProvisionedMachine.base64(identifier)));
                case "GiveStartProvisioningData" ->
                    ProvisioningConversation.say(socket, Map.of("spim", steps.start(addresses.start())));
                case "GiveEndProvisioningData" -> {
                    NSDictionary ending =
                            steps.finish(addresses.finish(), asked.path("cpim").asText());
                    ProvisioningConversation.say(
                            socket,
                            Map.of(
                                    "ptm", AppleProvisioning.text(ending, "ptm"),
                                    "tk", AppleProvisioning.text(ending, "tk")));
                }
                case "ProvisioningSuccess" -> {
                    String data = asked.path("adi_pb").asText();
                    if (data.isBlank()) {
                        throw ProvisioningConversation.failed("it said success, but gave no data");
                    }
                    return data;
                }
                default ->
                    throw ProvisioningConversation.failed((result.isEmpty() ? "a message without a result" : result)
                            + ", " + asked.path("message").asText("no further text"));
            }
        }
    }
}

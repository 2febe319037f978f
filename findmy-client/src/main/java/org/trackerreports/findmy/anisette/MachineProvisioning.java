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
import org.trackerreports.findmy.internal.ServerAddress;
import org.trackerreports.findmy.internal.ServerText;
import org.trackerreports.findmy.internal.Transport;
import org.trackerreports.findmy.internal.Transport.Trust;

/**
 * Provisions machines for {@link AnisetteV3Server}. Provision one machine for each account, and store it. Needs an anisette server with
 * the v3 interface and Apple's service, but not the account's name and password. Thread-safe.
 *
 * <p>Source: anisette-v3-server, omnisette; section 3.3 of the protocol page.
 */
public final class MachineProvisioning {

    private static final String SESSION_PATH = "/v3/provisioning_session";

    private final URI server;
    private final URI shown;
    private final Transport transport;
    private final Duration timeout;
    private final AnisetteV3Api anisette;
    private final ProvisioningApi apple;
    private final String clientInfo;
    private final Clock clock;

    /**
     * Provisions machines with a server.
     *
     * @param server the address of the anisette server, such as {@code http://localhost:6969}
     * @param addresses the addresses of Apple's services
     * @param settings limits of a call, and certificates to trust
     * @param clientInfo the client information that the machine sends, the same as for signing in. The one that the server offers is
     *     ignored, because the sign-in service refuses the one that many servers offer
     * @param clock the time
     */
    public MachineProvisioning(
            URI server, ServiceAddresses addresses, HttpSettings settings, String clientInfo, Clock clock) {
        this.server = Objects.requireNonNull(server, "server");
        this.shown = ServerAddress.of(server).address();
        this.clientInfo = Objects.requireNonNull(clientInfo, "clientInfo");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.transport = new Transport(settings);
        this.timeout = settings.callTimeout();
        this.anisette = transport.sharing(AnisetteV3Api.class, server, Trust.PLATFORM);
        this.apple = transport.freshConnections(ProvisioningApi.class, addresses.gsa(), Trust.APPLE_ROOT);
    }

    /**
     * Provisions a new machine.
     *
     * @return the machine
     * @throws AnisetteException if the server or Apple's service refuses or fails; the message says which, and why
     */
    public ProvisionedMachine provision() throws AnisetteException {
        UUID identifier = UUID.randomUUID();
        // Detects a server without v3 before the first call to Apple.
        AnisetteCalls.required(shown, AnisetteCalls.json(shown, anisette::clientInfo), "client_info");
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
                    .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ProvisioningConversation.failed("interrupted");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new AnisetteException(
                    "the anisette server at " + shown + " does not open a provisioning session: "
                            + ServerText.brief(String.valueOf(cause.getMessage())),
                    cause);
        } catch (TimeoutException e) {
            throw ProvisioningConversation.failed("it did not open a session in time");
        }
    }

    /** Responds to the server's messages. The server sends the first one, and waits about three seconds for each response. */
    private String converse(
            WebSocket socket,
            ProvisioningConversation conversation,
            UUID identifier,
            AppleProvisioning steps,
            Addresses addresses)
            throws AnisetteException {
        while (true) {
            JsonNode message = conversation.next(timeout);
            String result = message.path("result").asText();
            switch (result) {
                case "GiveIdentifier" ->
                    conversation.send(socket, Map.of("identifier", ProvisionedMachine.base64(identifier)));
                case "GiveStartProvisioningData" ->
                    conversation.send(socket, Map.of("spim", steps.start(addresses.start())));
                case "GiveEndProvisioningData" -> {
                    NSDictionary end = steps.finish(
                            addresses.finish(), message.path("cpim").asText());
                    conversation.send(
                            socket,
                            Map.of(
                                    "ptm", AppleProvisioning.text(end, "ptm"),
                                    "tk", AppleProvisioning.text(end, "tk")));
                }
                case "ProvisioningSuccess" -> {
                    String data = message.path("adi_pb").asText();
                    if (data.isBlank()) {
                        throw ProvisioningConversation.failed("it reported success, but sent no data");
                    }
                    return data;
                }
                default ->
                    throw ProvisioningConversation.failed((result.isEmpty() ? "a message without a result" : result)
                            + ", " + ServerText.brief(message.path("message").asText("no message")));
            }
        }
    }
}

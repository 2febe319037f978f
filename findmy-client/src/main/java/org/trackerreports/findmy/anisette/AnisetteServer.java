package org.trackerreports.findmy.anisette;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.trackerreports.findmy.http.HttpSettings;
import org.trackerreports.findmy.internal.CallFailedException;
import org.trackerreports.findmy.internal.HttpAnswer;
import org.trackerreports.findmy.internal.Transport;
import org.trackerreports.findmy.internal.Transport.Trust;

/**
 * Anisette data from a server of the v1 interface ({@code GET /}), the most common kind.
 *
 * <p>Only the one-time password, the machine id and the routing information are taken. The client information that such servers
 * offer is not: many offer one that the sign-in service refuses. Thread-safe; many threads that ask at once cause one request.
 */
public final class AnisetteServer implements AnisetteProvider {

    /** One-time passwords change about every 30 s; half of that leaves time to use one. */
    private static final Duration FRESH = Duration.ofSeconds(15);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI address;
    private final AnisetteApi api;
    private final Clock clock;
    private AnisetteData cached;
    private Instant cachedUntil = Instant.MIN;

    /**
     * A provider.
     *
     * @param address where the server is, such as {@code http://localhost:6969}
     */
    public AnisetteServer(URI address, HttpSettings settings, Clock clock) {
        this.address = Objects.requireNonNull(address, "address");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.api = new Transport(settings).sharing(AnisetteApi.class, address, Trust.PLATFORM);
    }

    @Override
    public synchronized AnisetteData current() throws AnisetteException {
        Instant now = clock.instant();
        if (cached == null || !now.isBefore(cachedUntil)) {
            cached = ask();
            cachedUntil = now.plus(FRESH);
        }
        return cached;
    }

    private AnisetteData ask() throws AnisetteException {
        HttpAnswer answer;
        try {
            answer = HttpAnswer.of(api::headers);
        } catch (CallFailedException e) {
            throw new AnisetteException(
                    "the anisette server at " + address + " does not answer (" + e.getMessage()
                            + "); check that it runs and that ANISETTE_SERVER names it",
                    e);
        }
        if (!answer.successful()) {
            throw new AnisetteException(
                    "the anisette server at " + address + " answered with HTTP " + answer.status() + " instead of 200");
        }
        JsonNode json;
        try {
            json = JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new AnisetteException("the anisette server at " + address + " did not answer with JSON", e);
        }
        return new AnisetteData(
                required(json, "X-Apple-I-MD"),
                required(json, "X-Apple-I-MD-M"),
                find(json, "X-Apple-I-MD-RINFO").orElse(AnisetteData.USUAL_ROUTING_INFO));
    }

    private String required(JsonNode json, String name) throws AnisetteException {
        return find(json, name)
                .orElseThrow(() -> new AnisetteException("the answer of the anisette server at " + address + " lacks "
                        + name + "; is it an anisette server of the v1 interface?"));
    }

    /** Servers differ in the case of the names. */
    private static Optional<String> find(JsonNode json, String name) {
        return json.properties().stream()
                .filter(member -> member.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .filter(text -> !text.isBlank())
                .findFirst();
    }
}

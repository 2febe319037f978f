package org.trackerreports.findmy.anisette;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import feign.Response;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.trackerreports.findmy.internal.CallFailedException;
import org.trackerreports.findmy.internal.HttpAnswer;

/** Calls to an anisette server of either interface, and reading their responses. */
final class AnisetteCalls {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int UNAUTHORIZED = 401;

    private AnisetteCalls() {}

    /** Makes a call that returns JSON. */
    static JsonNode json(URI address, Supplier<Response> call) throws AnisetteException {
        HttpAnswer answer;
        try {
            answer = HttpAnswer.of(call);
        } catch (CallFailedException e) {
            throw new AnisetteException(
                    "the anisette server at " + address + " does not answer (" + e.getMessage()
                            + "); check that it is running and that ANISETTE_SERVER is its address",
                    e);
        }
        if (!answer.successful()) {
            throw new AnisetteException("the anisette server at " + address + " answered with HTTP " + answer.status()
                    + " instead of 200"
                    + (answer.status() == UNAUTHORIZED ? "; set its user and password in ANISETTE_SERVER" : ""));
        }
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new AnisetteException("the anisette server at " + address + " did not answer with JSON", e);
        }
    }

    /** The anisette data in a response. */
    static AnisetteData data(URI address, JsonNode json) throws AnisetteException {
        return new AnisetteData(
                required(address, json, "X-Apple-I-MD"),
                required(address, json, "X-Apple-I-MD-M"),
                find(json, "X-Apple-I-MD-RINFO").orElse(AnisetteData.USUAL_ROUTING_INFO));
    }

    static String required(URI address, JsonNode json, String name) throws AnisetteException {
        return find(json, name)
                .orElseThrow(() -> new AnisetteException("the answer of the anisette server at " + address + " lacks "
                        + name + "; check that it is an anisette server of this interface"));
    }

    /** Finds a member by its name, ignoring case, which differs between servers. */
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

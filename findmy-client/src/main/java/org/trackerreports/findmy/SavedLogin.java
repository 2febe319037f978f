package org.trackerreports.findmy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import org.trackerreports.findmy.login.Credentials;
import org.trackerreports.findmy.login.PendingLogin;
import org.trackerreports.findmy.login.Session;
import org.trackerreports.findmy.login.SessionCodec;

/**
 * What a client keeps of its account. Immutable; holds secrets, which {@code toString} hides.
 *
 * @param session the session, if somebody signed in; it may have ended at the service
 * @param pending a sign-in that waits for its second factor
 * @param credentials name and password digest for signing in again without a person; only if the caller asked for that
 */
public record SavedLogin(Optional<Session> session, Optional<PendingLogin> pending, Optional<Credentials> credentials) {

    /** Nothing is known about the account. */
    public static final SavedLogin NOTHING = new SavedLogin(Optional.empty(), Optional.empty(), Optional.empty());

    private static final ObjectMapper JSON = new ObjectMapper();

    public SavedLogin {
        Objects.requireNonNull(session, "session");
        Objects.requireNonNull(pending, "pending");
        Objects.requireNonNull(credentials, "credentials");
    }

    /** The same with another sign-in that waits for its second factor. */
    public SavedLogin withPending(PendingLogin other) {
        return new SavedLogin(session, Optional.of(other), credentials);
    }

    /** All of it as UTF-8 JSON. Holds tokens, and the password digest if there is one: encrypt it at rest. */
    public byte[] toBytes() {
        ObjectNode json = JSON.createObjectNode().put("type", "savedLogin");
        session.ifPresent(value -> json.put("session", SessionCodec.write(value)));
        pending.ifPresent(value -> json.put("pending", SessionCodec.write(value)));
        credentials.ifPresent(
                value -> json.put("accountName", value.accountName()).put("passwordDigest", value.passwordDigest()));
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads what {@link #toBytes} gave.
     *
     * @throws IllegalArgumentException if the bytes are anything else; the message names no content
     */
    public static SavedLogin fromBytes(byte[] bytes) {
        try {
            JsonNode json = JSON.readTree(bytes);
            if (!"savedLogin".equals(json.path("type").asText())) {
                throw new IllegalArgumentException("the stored bytes are not a saved login");
            }
            Optional<byte[]> digest = binary(json, "passwordDigest");
            return new SavedLogin(
                    binary(json, "session").map(SessionCodec::readSession),
                    binary(json, "pending").map(SessionCodec::readPending),
                    digest.map(value ->
                            Credentials.ofDigest(json.path("accountName").asText(), value)));
        } catch (IOException e) {
            throw new IllegalArgumentException("the stored bytes are not JSON, so they are not a saved login");
        }
    }

    private static Optional<byte[]> binary(JsonNode json, String member) throws IOException {
        JsonNode found = json.get(member);
        return found == null ? Optional.empty() : Optional.ofNullable(found.binaryValue());
    }

    @Override
    public String toString() {
        return "SavedLogin[session=" + session + ", pending=" + pending + ", passwordRemembered="
                + credentials.isPresent() + "]";
    }
}

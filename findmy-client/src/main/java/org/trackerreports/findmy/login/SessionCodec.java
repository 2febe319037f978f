package org.trackerreports.findmy.login;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.trackerreports.findmy.anisette.DeviceIdentity;

/**
 * Sessions and pending sign-ins as JSON, for a caller that stores them. The bytes hold tokens: encrypt them at rest. Thread-safe.
 */
public final class SessionCodec {

    private static final ObjectMapper JSON = new ObjectMapper();

    private SessionCodec() {}

    /** A session as UTF-8 JSON. */
    public static byte[] write(Session session) {
        ObjectNode json = JSON.createObjectNode()
                .put("type", "session")
                .put("accountName", session.accountName())
                .put("dsid", session.dsid())
                .put("searchPartyToken", session.searchPartyToken())
                .put("machineFingerprint", session.machineFingerprint())
                .put("created", session.created().toString());
        return bytes(put(json, session.identity()));
    }

    /** A pending sign-in as UTF-8 JSON. */
    public static byte[] write(PendingLogin pending) {
        ObjectNode json = JSON.createObjectNode()
                .put("type", "pendingLogin")
                .put("accountName", pending.accountName())
                .put("identityToken", pending.identityToken());
        pending.methods().forEach(method -> put(json.withArray("methods").addObject(), method));
        pending.codeSentBy().ifPresent(method -> put(json.putObject("codeSentBy"), method));
        return bytes(put(json, pending.identity()));
    }

    /**
     * Reads a session.
     *
     * @throws IllegalArgumentException if the bytes are not one; the message names no content
     */
    public static Session readSession(byte[] bytes) {
        JsonNode json = json(bytes, "session");
        try {
            return new Session(
                    text(json, "accountName"),
                    text(json, "dsid"),
                    text(json, "searchPartyToken"),
                    identity(json),
                    text(json, "machineFingerprint"),
                    Instant.parse(text(json, "created")));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("the stored session has no valid time of creation");
        }
    }

    /**
     * Reads a pending sign-in.
     *
     * @throws IllegalArgumentException if the bytes are not one; the message names no content
     */
    public static PendingLogin readPending(byte[] bytes) {
        JsonNode json = json(bytes, "pendingLogin");
        List<SecondFactorMethod> methods = new ArrayList<>();
        json.path("methods").forEach(method -> methods.add(method(method)));
        return new PendingLogin(
                text(json, "accountName"),
                identity(json),
                text(json, "identityToken"),
                methods,
                Optional.ofNullable(json.get("codeSentBy")).map(SessionCodec::method));
    }

    /** Whether the bytes are a pending sign-in rather than a session. */
    public static boolean isPending(byte[] bytes) {
        try {
            return "pendingLogin".equals(JSON.readTree(bytes).path("type").asText());
        } catch (IOException e) {
            return false;
        }
    }

    private static ObjectNode put(ObjectNode json, DeviceIdentity identity) {
        return json.put("userId", identity.userId().toString())
                .put("deviceId", identity.deviceId().toString());
    }

    private static void put(ObjectNode json, SecondFactorMethod method) {
        if (method instanceof SecondFactorMethod.Sms sms) {
            json.put("sms", sms.phoneId()).put("number", sms.obfuscatedNumber());
        } else {
            json.put("trustedDevice", true);
        }
    }

    private static SecondFactorMethod method(JsonNode json) {
        return json.has("sms")
                ? new SecondFactorMethod.Sms(json.get("sms").asInt(), text(json, "number"))
                : new SecondFactorMethod.TrustedDevice();
    }

    private static DeviceIdentity identity(JsonNode json) {
        return new DeviceIdentity(UUID.fromString(text(json, "userId")), UUID.fromString(text(json, "deviceId")));
    }

    private static byte[] bytes(ObjectNode json) {
        try {
            return JSON.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts cannot be written as JSON", e);
        }
    }

    private static JsonNode json(byte[] bytes, String type) {
        JsonNode json;
        try {
            json = JSON.readTree(bytes);
        } catch (IOException e) {
            throw new IllegalArgumentException("the stored bytes are not JSON, so they are no " + type);
        }
        if (!type.equals(json.path("type").asText())) {
            throw new IllegalArgumentException("the stored JSON is no " + type);
        }
        return json;
    }

    private static String text(JsonNode json, String member) {
        JsonNode found = json.get(member);
        if (found == null || !found.isTextual()) {
            throw new IllegalArgumentException("the stored JSON lacks the text " + member);
        }
        return found.asText();
    }
}

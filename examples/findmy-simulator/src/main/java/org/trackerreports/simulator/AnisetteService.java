package org.trackerreports.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** The anisette server. In v1 all clients share one machine; in v3 each client has its own machine. */
final class AnisetteService {
    /** Public servers handed out this kind of value, which the login's edge blocks: a client must not copy it. */
    static final String CLIENT_INFO =
            "<MacBookPro13,2> <macOS;13.1;22C65> <com.apple.AuthKit/1 (com.apple.dt.Xcode/3594.4.19)>";

    static final String ROUTING_INFO = "17106176";
    static final String PROVISIONING_PATH = "/v3/provisioning_session";
    private static final Duration STALE_BY = Duration.ofHours(1);

    private final Anisette anisette;
    private final Clock clock;
    private final String localUser;
    private final String deviceId;

    AnisetteService(Anisette anisette, SecretSource secrets, Clock clock) {
        this.anisette = anisette;
        this.clock = clock;
        localUser = HexFormat.of().withUpperCase().formatHex(secrets.named("anisette local user", 32));
        deviceId = UUID.nameUUIDFromBytes(secrets.named("anisette device", 16))
                .toString()
                .toUpperCase(Locale.ROOT);
    }

    /** {@code GET /v3/client_info}. */
    Reply clientInfo(Call call) {
        call.proceed();
        return Reply.json(
                200,
                Json.bytes(
                        Json.object().put("client_info", CLIENT_INFO).put("user_agent", "akd/1.0 CFNetwork/808.1.4")));
    }

    /** {@code POST /v3/get_headers}. Errors have HTTP status 200, as with the known server. */
    Reply headersFor(Call call) {
        call.proceed();
        JsonNode body = Json.parse(call.body()).orElse(MissingNode.getInstance());
        String machineId = anisette.machineIdFor(
                        body.path("identifier").asText(), body.path("adi_pb").asText())
                .orElseThrow(() -> new RefusedRequest(
                        Reply.json(
                                200,
                                Json.bytes(Json.object()
                                        .put("result", "GetHeadersError")
                                        .put("message", "ADI error -45061: the machine is not provisioned."))),
                        "identifier and adi_pb are not those of a provisioned machine"));
        ObjectNode reply = Json.object()
                .put("result", "Headers")
                .put("X-Apple-I-MD", anisette.oneTimePassword(machineId, passwordTime(call)))
                .put("X-Apple-I-MD-M", machineId)
                .put("X-Apple-I-MD-RINFO", ROUTING_INFO);
        if (call.isStruckBy(FaultKind.MISSING_MACHINE_ID)) {
            reply.remove("X-Apple-I-MD-M");
        }
        return Reply.json(200, Json.bytes(reply));
    }

    /** {@code GET /v3/provisioning_session}: upgrades the connection to a web socket. */
    Reply provision(Call call) {
        call.proceed();
        return Reply.empty(101);
    }

    private Instant passwordTime(Call call) {
        return call.isStruckBy(FaultKind.STALE_ANISETTE) ? clock.instant().minus(STALE_BY) : clock.instant();
    }

    /** {@code GET /}. */
    Reply headers(Call call) {
        call.proceed();
        Instant now = clock.instant();
        String machineId = anisette.sharedMachineId();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-Apple-I-Client-Time", now.truncatedTo(ChronoUnit.SECONDS).toString());
        headers.put("X-Apple-I-MD", anisette.oneTimePassword(machineId, passwordTime(call)));
        headers.put("X-Apple-I-MD-LU", localUser);
        headers.put("X-Apple-I-MD-M", machineId);
        headers.put("X-Apple-I-MD-RINFO", ROUTING_INFO);
        headers.put("X-Apple-I-SRL-NO", "0");
        headers.put("X-Apple-I-TimeZone", "UTC");
        headers.put("X-Apple-Locale", "en_US");
        headers.put("X-MMe-Client-Info", CLIENT_INFO);
        headers.put("X-Mme-Device-Id", deviceId);
        if (call.isStruckBy(FaultKind.MISSING_MACHINE_ID)) {
            headers.remove("X-Apple-I-MD-M");
        }
        boolean lowerCase = call.isStruckBy(FaultKind.LOWER_CASE_HEADERS);
        ObjectNode body = Json.object();
        headers.forEach((name, value) -> body.put(lowerCase ? name.toLowerCase(Locale.ROOT) : name, value));
        return Reply.json(200, Json.bytes(body)).with("Implementation-Version", "findmy-simulator");
    }
}

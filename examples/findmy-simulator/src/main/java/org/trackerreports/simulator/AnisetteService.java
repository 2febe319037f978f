package org.trackerreports.simulator;

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

/** The anisette server, v1: all who ask share one machine. */
final class AnisetteService {
    /** Public servers handed out this kind of value, which the login's edge blocks: a client must not copy it. */
    static final String CLIENT_INFO =
            "<MacBookPro13,2> <macOS;13.1;22C65> <com.apple.AuthKit/1 (com.apple.dt.Xcode/3594.4.19)>";

    static final String ROUTING_INFO = "17106176";
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

    /** {@code GET /}. */
    Reply headers(Call call) {
        call.proceed();
        Instant now = clock.instant();
        Instant passwordTime = call.isStruckBy(FaultKind.STALE_ANISETTE) ? now.minus(STALE_BY) : now;
        String machineId = anisette.sharedMachineId();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-Apple-I-Client-Time", now.truncatedTo(ChronoUnit.SECONDS).toString());
        headers.put("X-Apple-I-MD", anisette.oneTimePassword(machineId, passwordTime));
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

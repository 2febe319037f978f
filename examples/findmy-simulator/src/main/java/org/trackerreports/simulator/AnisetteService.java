package org.trackerreports.simulator;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;

/** The anisette server, v1: all who ask share one machine. */
final class AnisetteService {
    /** Public servers handed out this kind of value, which the login's edge blocks: a client must not copy it. */
    static final String CLIENT_INFO =
            "<MacBookPro13,2> <macOS;13.1;22C65> <com.apple.AuthKit/1 (com.apple.dt.Xcode/3594.4.19)>";

    static final String ROUTING_INFO = "17106176";

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
        Instant now = clock.instant();
        String machineId = anisette.machineId(Anisette.SHARED_MACHINE)
                .orElseThrow(() -> new RefusedRequest(
                        new Reply(
                                500,
                                "text/plain",
                                java.util.Map.of(),
                                "not provisioned".getBytes(StandardCharsets.US_ASCII)),
                        "the shared machine is not provisioned"));
        return Reply.json(
                        200,
                        Json.bytes(Json.object()
                                .put(
                                        "X-Apple-I-Client-Time",
                                        now.truncatedTo(ChronoUnit.SECONDS).toString())
                                .put("X-Apple-I-MD", anisette.oneTimePassword(machineId, now))
                                .put("X-Apple-I-MD-LU", localUser)
                                .put("X-Apple-I-MD-M", machineId)
                                .put("X-Apple-I-MD-RINFO", ROUTING_INFO)
                                .put("X-Apple-I-SRL-NO", "0")
                                .put("X-Apple-I-TimeZone", "UTC")
                                .put("X-Apple-Locale", "en_US")
                                .put("X-MMe-Client-Info", CLIENT_INFO)
                                .put("X-Mme-Device-Id", deviceId)))
                .with("Implementation-Version", "findmy-simulator");
    }
}

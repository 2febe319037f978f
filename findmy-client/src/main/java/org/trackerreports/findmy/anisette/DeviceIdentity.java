package org.trackerreports.findmy.anisette;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * The two random identifiers of this program. Store them with the session: each new pair adds a device to the account, and accounts with
 * very many devices begin to fail. Source: FindMy.py {@code anisette.py}.
 *
 * @param userId becomes {@code X-Apple-I-MD-LU} and the client id of the delegates call
 * @param deviceId becomes {@code X-Mme-Device-Id}
 */
public record DeviceIdentity(UUID userId, UUID deviceId) {

    public DeviceIdentity {
        Objects.requireNonNull(userId, "userId");
        Objects.requireNonNull(deviceId, "deviceId");
    }

    /** A new random identity. */
    public static DeviceIdentity random() {
        return new DeviceIdentity(UUID.randomUUID(), UUID.randomUUID());
    }

    /**
     * The anisette headers of one request.
     *
     * @param data fresh data
     * @param now the time, which must be correct to about a minute
     * @return the headers by name
     */
    public Map<String, String> headers(AnisetteData data, Instant now) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-Apple-I-Client-Time", now.truncatedTo(ChronoUnit.SECONDS).toString());
        headers.put("X-Apple-I-TimeZone", "UTC");
        headers.put("loc", "en_US");
        headers.put("X-Apple-Locale", "en_US");
        headers.put("X-Apple-I-MD", data.oneTimePassword());
        headers.put(
                "X-Apple-I-MD-LU",
                Base64.getEncoder().encodeToString(userId.toString().getBytes(StandardCharsets.US_ASCII)));
        headers.put("X-Apple-I-MD-M", data.machineId());
        headers.put("X-Apple-I-MD-RINFO", data.routingInfo());
        headers.put("X-Mme-Device-Id", deviceId.toString().toUpperCase(Locale.ROOT));
        headers.put("X-Apple-I-SRL-NO", "0");
        return headers;
    }
}

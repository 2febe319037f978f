package org.trackerreports.findmy.anisette;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;
import org.trackerreports.findmy.internal.Digests;

/**
 * One-time data of a provisioned machine.
 *
 * @param oneTimePassword {@code X-Apple-I-MD}, base64; valid for about 30 seconds
 * @param machineId {@code X-Apple-I-MD-M}, base64; identifies the provisioned machine
 * @param routingInfo {@code X-Apple-I-MD-RINFO}, a decimal number
 */
public record AnisetteData(String oneTimePassword, String machineId, String routingInfo) {

    /** The routing information of nearly all machines. Source: FindMy.py {@code anisette.py}. */
    public static final String USUAL_ROUTING_INFO = "17106176";

    public AnisetteData {
        Objects.requireNonNull(oneTimePassword, "oneTimePassword");
        Objects.requireNonNull(machineId, "machineId");
        Objects.requireNonNull(routingInfo, "routingInfo");
    }

    /** A short id of the machine that reveals nothing else. It is always the same for the same machine, and safe to store and to show. */
    public String machineFingerprint() {
        return HexFormat.of().formatHex(Digests.sha256(machineId.getBytes(StandardCharsets.UTF_8)), 0, 8);
    }

    @Override
    public String toString() {
        return "AnisetteData[machine " + machineFingerprint() + "]";
    }
}

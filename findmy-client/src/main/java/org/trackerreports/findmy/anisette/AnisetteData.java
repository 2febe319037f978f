package org.trackerreports.findmy.anisette;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;
import org.trackerreports.findmy.internal.Digests;

/**
 * What an anisette provider gives.
 *
 * @param oneTimePassword {@code X-Apple-I-MD}, base64; good for about half a minute
 * @param machineId {@code X-Apple-I-MD-M}, base64; the identity of the provisioned machine
 * @param routingInfo {@code X-Apple-I-MD-RINFO}, a decimal number
 */
public record AnisetteData(String oneTimePassword, String machineId, String routingInfo) {

    /** The routing information that nearly all machines have. Source: FindMy.py {@code anisette.py}. */
    public static final String USUAL_ROUTING_INFO = "17106176";

    public AnisetteData {
        Objects.requireNonNull(oneTimePassword, "oneTimePassword");
        Objects.requireNonNull(machineId, "machineId");
        Objects.requireNonNull(routingInfo, "routingInfo");
    }

    /** A short name for the machine, safe to store and to show: the same machine always has the same, and it says nothing more. */
    public String machineFingerprint() {
        return HexFormat.of().formatHex(Digests.sha256(machineId.getBytes(StandardCharsets.UTF_8)), 0, 8);
    }

    @Override
    public String toString() {
        return "AnisetteData[machine " + machineFingerprint() + "]";
    }
}

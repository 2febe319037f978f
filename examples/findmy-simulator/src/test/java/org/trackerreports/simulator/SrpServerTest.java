package org.trackerreports.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class SrpServerTest {
    private static final HexFormat HEX = HexFormat.of();

    @Test
    void agreesWithEveryVectorInBothWidths() {
        JsonNode vectors = Vectors.read("srp");
        assertThat(vectors).hasSize(8);
        for (JsonNode vector : vectors) {
            byte[] salt = bytes(vector, "salt_hex");
            BigInteger verifier = SrpServer.verifier(
                    vector.get("password").asText(),
                    vector.get("sp").asText().equals("s2k") ? PasswordProtocol.S2K : PasswordProtocol.S2K_FO,
                    salt,
                    vector.get("iterations").asInt());
            assertThat(verifier).isEqualTo(number(vector, "verifier_v_hex"));
            BigInteger secret = number(vector, "b_hex");
            assertThat(SrpServer.publicValue(verifier, secret)).isEqualTo(number(vector, "B_hex"));
            for (String width : new String[] {"fixed_width", "minimal_width"}) {
                JsonNode expected = vector.get(width);
                SrpServer.Proven proven = SrpServer.prove(
                                vector.get("apple_id").asText(),
                                salt,
                                verifier,
                                secret,
                                number(vector, "A_hex"),
                                bytes(expected, "M1_hex"),
                                true)
                        .orElseThrow();
                assertThat(proven.sessionKey()).isEqualTo(bytes(expected, "K_hex"));
                assertThat(proven.serverProof()).isEqualTo(bytes(expected, "M2_hex"));
            }
        }
    }

    @Test
    void refusesProofsWithoutLeadingZerosWhenAskedTo() {
        int differing = 0;
        for (JsonNode vector : Vectors.read("srp")) {
            boolean accepted = SrpServer.prove(
                            vector.get("apple_id").asText(),
                            bytes(vector, "salt_hex"),
                            number(vector, "verifier_v_hex"),
                            number(vector, "b_hex"),
                            number(vector, "A_hex"),
                            bytes(vector.get("minimal_width"), "M1_hex"),
                            false)
                    .isPresent();
            assertThat(accepted).isEqualTo(vector.get("variants_agree").asBoolean());
            differing += accepted ? 0 : 1;
        }
        assertThat(differing).isPositive();
    }

    @Test
    void encryptsAccountDataAsTheVectorsSay() {
        JsonNode spd = Vectors.read("spd");
        for (JsonNode vector : spd.get("cases")) {
            byte[] plain =
                    Base64.getDecoder().decode(vector.get("plaintext_b64").asText());
            assertThat(LoginService.encrypted(plain, bytes(spd, "K_hex")))
                    .isEqualTo(Base64.getDecoder().decode(vector.get("spd_b64").asText()));
        }
    }

    private static byte[] bytes(JsonNode node, String name) {
        return HEX.parseHex(node.get(name).asText());
    }

    private static BigInteger number(JsonNode node, String name) {
        return new BigInteger(node.get(name).asText(), 16);
    }
}

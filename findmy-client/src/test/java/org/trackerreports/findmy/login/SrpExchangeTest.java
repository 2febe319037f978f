package org.trackerreports.findmy.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dd.plist.NSDictionary;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.agreement.srp.SRP6StandardGroups;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.trackerreports.findmy.Vectors;
import org.trackerreports.findmy.internal.Plists;
import org.trackerreports.findmy.login.SrpExchange.PasswordProtocol;
import org.trackerreports.findmy.login.SrpExchange.Proof;

class SrpExchangeTest {

    static Stream<JsonNode> exchanges() {
        return Vectors.each(Vectors.get("srp"));
    }

    @ParameterizedTest
    @MethodSource("exchanges")
    void provesThePasswordInFixedWidth(JsonNode vector) throws CryptoException {
        Credentials credentials = Credentials.of(
                vector.get("apple_id").asText(), vector.get("password").asText().toCharArray());
        assertThat(credentials.passwordDigest()).isEqualTo(Vectors.hex(vector, "password_sha256_hex"));
        PasswordProtocol protocol = protocol(vector);
        byte[] salt = Vectors.hex(vector, "salt_hex");
        int iterations = vector.get("iterations").asInt();
        assertThat(SrpExchange.stretch(credentials.passwordDigest(), protocol, salt, iterations))
                .isEqualTo(Vectors.hex(vector, "stretched_password_hex"));

        SrpExchange exchange = new SrpExchange(new BigInteger(1, Vectors.hex(vector, "a_hex")));
        assertThat(exchange.publicValue()).isEqualTo(Vectors.hex(vector, "A_hex"));
        byte[] serverValue = Vectors.hex(vector, "B_hex");
        Proof proof = exchange.prove(credentials, new SrpChallenge(salt, serverValue, iterations, protocol, "c"));

        JsonNode expected = vector.get("fixed_width");
        assertThat(proof.sessionKey()).isEqualTo(Vectors.hex(expected, "K_hex"));
        assertThat(proof.evidence()).isEqualTo(Vectors.hex(expected, "M1_hex"));
        assertThat(proof.serverKnowsThePassword(Vectors.hex(expected, "M2_hex")))
                .isTrue();
        assertThat(proof.serverKnowsThePassword(new byte[32])).isFalse();
        assertThat(proof.hasLeadingZero()).isEqualTo(serverValue[0] == 0 || Vectors.hex(vector, "S_hex")[0] == 0);
    }

    @Test
    void drawsPublicValuesWithoutLeadingZeros() {
        SecureRandom random = new SecureRandom();
        for (int round = 0; round < 20; round++) {
            assertThat(SrpExchange.begin(random).publicValue()).hasSize(256).matches(bytes -> bytes[0] != 0);
        }
    }

    private static final BigInteger N = SRP6StandardGroups.rfc5054_2048.getN();

    @Test
    void refusesAServerValueThatNoHonestServerComputes() {
        SrpExchange exchange = SrpExchange.begin(new SecureRandom());
        Credentials credentials = Credentials.of("owner@example.com", "any".toCharArray());
        for (BigInteger bad :
                List.of(BigInteger.ZERO, N, N.add(BigInteger.ONE), N.multiply(N), N.shiftLeft(4_000_000))) {
            SrpChallenge challenge =
                    new SrpChallenge(new byte[16], bad.toByteArray(), 1_000, PasswordProtocol.S2K, "c");
            assertThatThrownBy(() -> exchange.prove(credentials, challenge)).isInstanceOf(CryptoException.class);
            assertThat(SrpChallenge.of(challenge(answer -> answer.put("B", bad.toByteArray()))))
                    .isEmpty();
        }
    }

    private static NSDictionary challenge(Consumer<NSDictionary> change) {
        NSDictionary answer = new NSDictionary();
        answer.put("s", new byte[16]);
        answer.put("B", new byte[] {5});
        answer.put("i", 20_136);
        answer.put("c", "d-1:PRN");
        answer.put("sp", "s2k_fo");
        change.accept(answer);
        return answer;
    }

    @Test
    void takesOnlyValuesWithinTheBoundsOfTheProtocol() {
        assertThat(SrpChallenge.of(challenge(answer -> {}))).isPresent();
        assertThat(SrpChallenge.of(challenge(answer -> answer.put("i", "20082"))))
                .isPresent();
        for (long rounds : new long[] {-1, 0, 1, 999, 100_001, 10_000_000, Long.MAX_VALUE}) {
            assertThat(SrpChallenge.of(challenge(answer -> answer.put("i", rounds))))
                    .as("%d rounds", rounds)
                    .isEmpty();
        }
        for (int length : new int[] {0, 7, 65, 8_000_000}) {
            assertThat(SrpChallenge.of(challenge(answer -> answer.put("s", new byte[length]))))
                    .as("a salt of %d bytes", length)
                    .isEmpty();
        }
        assertThat(SrpChallenge.of(challenge(answer -> answer.put("sp", "s2k_new"))))
                .isEmpty();
        assertThat(SrpChallenge.of(challenge(answer -> answer.put("c", "c".repeat(5_000)))))
                .isEmpty();
        for (String member : List.of("s", "B", "i", "c", "sp")) {
            assertThat(SrpChallenge.of(challenge(answer -> answer.remove(member))))
                    .as(member)
                    .isEmpty();
        }
    }

    @Test
    void opensTheSealedAnswerWithOrWithoutAnXmlDeclaration() {
        JsonNode vectors = Vectors.get("spd");
        byte[] key = Vectors.hex(vectors, "K_hex");
        assertThat(vectors.get("cases")).hasSize(2);
        for (JsonNode each : vectors.get("cases")) {
            NSDictionary opened = GrandSlam.open(Vectors.base64(each, "spd_b64"), key)
                    .flatMap(Plists::readDictionary)
                    .orElseThrow();
            for (Map.Entry<String, JsonNode> expected : each.get("expect").properties()) {
                if (expected.getValue().isTextual() && opened.containsKey(expected.getKey())) {
                    assertThat(Plists.text(opened, expected.getKey()))
                            .contains(expected.getValue().asText());
                }
            }
            assertThat(Plists.text(opened, "adsid"))
                    .contains(each.get("expect").get("adsid").asText());
        }
        assertThat(GrandSlam.open(new byte[15], key)).isEmpty();
    }

    private static PasswordProtocol protocol(JsonNode vector) {
        return vector.get("sp").asText().equals("s2k") ? PasswordProtocol.S2K : PasswordProtocol.S2K_FO;
    }
}

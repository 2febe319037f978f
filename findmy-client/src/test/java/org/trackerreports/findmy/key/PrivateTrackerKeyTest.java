package org.trackerreports.findmy.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.trackerreports.findmy.Vectors;
import org.trackerreports.findmy.keyfile.NamedKeys;

class PrivateTrackerKeyTest {

    static Stream<JsonNode> staticKeys() {
        return Vectors.each(Vectors.get("static_keys"));
    }

    @ParameterizedTest
    @MethodSource("staticKeys")
    void derivesWhatATrackerShowsFromItsPrivateKey(JsonNode vector) {
        PrivateTrackerKey key = PrivateTrackerKey.of(Vectors.hex(vector, "private_key_hex"));

        AdvertisementKey advertised = key.advertisementKey();
        assertThat(advertised.base64()).isEqualTo(vector.get("adv_key_b64").asText());
        assertThat(HexFormat.of().formatHex(advertised.bytes()))
                .isEqualTo(vector.get("public_x_hex").asText());
        assertThat(key.hashed().base64())
                .isEqualTo(vector.get("hashed_adv_key_b64").asText());
        assertThat(advertised.macAddress()).isEqualTo(vector.get("ble_mac").asText());
        assertThat(HexFormat.of()
                        .formatHex(advertised.advertisement(
                                vector.get("status").asInt(), vector.get("hint").asInt())))
                .isEqualTo(vector.get("adv_pdu_hex").asText());
        assertThat(HexFormat.of().formatHex(key.secretBytes()))
                .isEqualTo(vector.get("private_key_hex").asText());
    }

    @ParameterizedTest
    @MethodSource("staticKeys")
    void takesAKeyInBase64(JsonNode vector) {
        String text = vector.get("private_key_b64").asText();
        String hashed = vector.get("hashed_adv_key_b64").asText();

        assertThat(PrivateTrackerKey.ofBase64(text).hashed().base64()).isEqualTo(hashed);
        assertThat(NamedKeys.ofBase64("bike", text + "\n").keys())
                .isEqualTo(new StaticKeys(List.of(PrivateTrackerKey.of(Vectors.hex(vector, "private_key_hex")))));
        assertThatThrownBy(() -> PrivateTrackerKey.ofBase64(text.replace('=', '?')))
                .hasMessage("a private key is 40 characters of base64; found 40 characters of another form")
                .hasNoCause();
        assertThatThrownBy(() -> PrivateTrackerKey.ofBase64(text.substring(4)))
                .hasMessageContaining("28 bytes, found 25");
    }

    @ParameterizedTest
    @MethodSource("staticKeys")
    void takesAPublicPartThatWasMadeBefore(JsonNode vector) {
        byte[] scalar = Vectors.hex(vector, "private_key_hex");
        AdvertisementKey advertised = AdvertisementKey.of(Vectors.hex(vector, "public_x_hex"));

        PrivateTrackerKey pair = PrivateTrackerKey.ofPair(scalar, advertised);

        assertThat(pair).isEqualTo(PrivateTrackerKey.of(scalar));
        assertThat(pair.secretBytes()).isEqualTo(scalar);
        assertThat(pair.hashed().base64())
                .isEqualTo(vector.get("hashed_adv_key_b64").asText());
        assertThatThrownBy(() -> PrivateTrackerKey.ofPair(new byte[28], advertised))
                .hasMessageContaining("zero");
    }

    @Test
    void refusesScalarsOutsideTheGroup() {
        BigInteger order = new BigInteger(Vectors.get("p224").get("n_hex").asText(), 16);
        assertThatThrownBy(() -> PrivateTrackerKey.of(new byte[28]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("zero");
        assertThatThrownBy(() -> PrivateTrackerKey.of(lastBytes(order)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("order");
        assertThat(PrivateTrackerKey.of(lastBytes(order.subtract(BigInteger.ONE))))
                .isNotNull();
        assertThatThrownBy(() -> PrivateTrackerKey.of(new byte[27])).hasMessageContaining("27");
    }

    @Test
    void theOrdersPredecessorMirrorsOneBecauseOnlyXCounts() {
        // (n − 1)·G = −G has the same X as G, which the vectors give.
        BigInteger order = new BigInteger(Vectors.get("p224").get("n_hex").asText(), 16);
        PrivateTrackerKey key = PrivateTrackerKey.of(lastBytes(order.subtract(BigInteger.ONE)));
        assertThat(HexFormat.of().formatHex(key.advertisementKey().bytes()))
                .isEqualTo(Vectors.get("p224").get("Gx_hex").asText());
    }

    @Test
    void hidesTheSecretAndForgetsItWhenWiped() {
        PrivateTrackerKey key = PrivateTrackerKey.generate(new SecureRandom());
        String secret = HexFormat.of().formatHex(key.secretBytes());
        assertThat(key.toString()).contains(key.hashed().base64()).doesNotContain(secret);

        key.wipe();
        assertThatThrownBy(key::secretBytes).isInstanceOf(IllegalStateException.class);
    }

    private static byte[] lastBytes(BigInteger value) {
        return HexFormat.of().parseHex("0".repeat(56 - value.toString(16).length()) + value.toString(16));
    }
}

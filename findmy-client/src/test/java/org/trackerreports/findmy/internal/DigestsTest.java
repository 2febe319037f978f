package org.trackerreports.findmy.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.trackerreports.findmy.Vectors;

class DigestsTest {

    static Stream<JsonNode> derivations() {
        return Vectors.each(Vectors.get("x963_kdf_sha256"));
    }

    @ParameterizedTest
    @MethodSource("derivations")
    void derivesAsAnsiX963Says(JsonNode vector) {
        byte[] info = vector.get("shared_info_ascii").asText().getBytes(StandardCharsets.US_ASCII);
        assertThat(Digests.x963(
                        Vectors.hex(vector, "z_hex"), info, vector.get("length").asInt()))
                .isEqualTo(Vectors.hex(vector, "output_hex"));
    }
}

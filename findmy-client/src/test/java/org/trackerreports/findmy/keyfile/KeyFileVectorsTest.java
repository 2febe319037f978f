package org.trackerreports.findmy.keyfile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.trackerreports.findmy.Vectors;
import org.trackerreports.findmy.key.Accessory;
import org.trackerreports.findmy.key.PrivateTrackerKey;
import org.trackerreports.findmy.key.StaticKeys;

/** Every key file of the vectors, with the keys that another program finds in it. */
class KeyFileVectorsTest {

    static Stream<JsonNode> withStaticKeys() {
        return ofKind("static");
    }

    static Stream<JsonNode> withRollingKeys() {
        return ofKind("rolling");
    }

    private static Stream<JsonNode> ofKind(String kind) {
        return Vectors.each(Vectors.get("key_files"))
                .filter(each -> each.get("expect").path("kind").asText().equals(kind));
    }

    @ParameterizedTest
    @MethodSource("withStaticKeys")
    void readsStaticKeys(JsonNode vector) {
        NamedKeys tracker = onlyTracker(vector);
        JsonNode expected = vector.get("expect");
        List<String> secrets = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        for (PrivateTrackerKey key : ((StaticKeys) tracker.keys()).keys()) {
            secrets.add(HexFormat.of().formatHex(key.secretBytes()));
            ids.add(key.hashed().base64());
        }
        assertThat(secrets).isEqualTo(texts(expected.get("keys")));
        assertThat(ids).isEqualTo(texts(expected.get("ids")));
        if (expected.hasNonNull("name")) {
            assertThat(tracker.name()).isEqualTo(expected.get("name").asText());
        } else {
            assertThat(vector.get("file_name").asText()).startsWith(tracker.name() + ".");
        }
    }

    @ParameterizedTest
    @MethodSource("withRollingKeys")
    void readsRollingKeys(JsonNode vector) {
        NamedKeys tracker = onlyTracker(vector);
        JsonNode expected = vector.get("expect");
        Accessory accessory = (Accessory) tracker.keys();
        assertThat(accessory.master().secretBytes()).isEqualTo(Vectors.hex(expected, "master_key"));
        assertThat(accessory.primarySecret()).isEqualTo(Vectors.hex(expected, "skn"));
        assertThat(accessory.secondarySecret()).isEqualTo(Vectors.hex(expected, "sks"));
        assertThat(accessory.pairedAt())
                .isEqualTo(Instant.parse(expected.get("paired_at").asText()));
        assertThat(accessory.alignment().time())
                .isEqualTo(Instant.parse(expected.get("alignment_date").asText()));
        assertThat(accessory.alignment().index())
                .isEqualTo(expected.get("alignment_index").asInt());
        // The vectors name one id, that of index 10,000, also where the alignment is at 0.
        assertThat(accessory.primaryKey(10_000).hashed().base64())
                .isEqualTo(expected.get("primary_id_at_alignment_index").asText());
        if (expected.hasNonNull("name")) {
            assertThat(tracker.name()).isEqualTo(expected.get("name").asText());
        }
        assertThat(tracker.identifier()).isPresent();
    }

    @Test
    void refusesAKeyWhoseAdvertisedKeyDoesNotMatch() {
        JsonNode vector = Vectors.each(Vectors.get("key_files"))
                .filter(each -> each.get("expect").has("error"))
                .findFirst()
                .orElseThrow();
        KeyFile file = read(vector);
        assertThat(file.trackers()).isEmpty();
        assertThat(file.problems()).hasSize(1);
        assertThat(file.problems().get(0).message())
                .contains(vector.get("expect").get("error").asText());
    }

    private static NamedKeys onlyTracker(JsonNode vector) {
        KeyFile file = read(vector);
        assertThat(file.problems()).isEmpty();
        assertThat(file.trackers()).hasSize(1);
        return file.trackers().get(0);
    }

    static KeyFile read(JsonNode vector) {
        return KeyFiles.read(vector.get("file_name").asText(), content(vector));
    }

    static byte[] content(JsonNode vector) {
        return vector.has("content_b64")
                ? Vectors.base64(vector, "content_b64")
                : vector.get("content").asText().getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> texts(JsonNode array) {
        return Vectors.each(array).map(JsonNode::asText).toList();
    }
}

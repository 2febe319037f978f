package org.trackerreports.findmy.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.trackerreports.findmy.Vectors;
import org.trackerreports.findmy.key.HashedAdvertisementKey;
import org.trackerreports.findmy.key.PrivateTrackerKey;
import org.trackerreports.findmy.report.Undecryptable.Reason;

class ReportDecryptorTest {

    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private final ReportDecryptor decryptor = new ReportDecryptor(Clock.fixed(NOW, ZoneOffset.UTC));

    static Stream<JsonNode> valid() {
        return Vectors.each(Vectors.get("reports").get("valid"));
    }

    static Stream<JsonNode> invalid() {
        return Vectors.each(Vectors.get("reports").get("invalid"));
    }

    @ParameterizedTest
    @MethodSource("valid")
    void decryptsBothForms(JsonNode vector) {
        JsonNode expected = vector.get("decoded");
        DecryptionOutcome outcome = decrypt(vector);

        assertThat(outcome).isInstanceOf(LocationReport.class);
        LocationReport report = (LocationReport) outcome;
        assertThat(report.timestamp().getEpochSecond())
                .isEqualTo(expected.get("timestamp_unix").asLong());
        assertThat(Math.round(report.latitude() * 1e7))
                .isEqualTo(expected.get("latitude_e7").asLong());
        assertThat(Math.round(report.longitude() * 1e7))
                .isEqualTo(expected.get("longitude_e7").asLong());
        assertThat(report.horizontalAccuracy())
                .isEqualTo(expected.get("horizontal_accuracy").asInt());
        assertThat(report.confidence()).isEqualTo(expected.get("confidence").asInt());
        assertThat(report.status()).isEqualTo(expected.get("status").asInt());
        if (report.status() != 0) {
            assertThat(report.battery())
                    .contains(Battery.values()[expected.get("battery_code").asInt()]);
        } else {
            assertThat(report.battery()).isEmpty();
        }
        assertThat(report.key().base64())
                .isEqualTo(vector.get("hashed_adv_key_b64").asText());
        assertThat(report.toString()).doesNotContain(String.valueOf(report.latitude()));
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void saysWhyAReportCannotBeRead(JsonNode vector) {
        Reason expected = switch (vector.get("expect").asText()) {
            case "authentication failure" -> Reason.AUTHENTICATION_FAILED;
            case "invalid point" -> Reason.INVALID_POINT;
            case "unsupported length" -> Reason.UNSUPPORTED_LENGTH;
            default -> throw new IllegalStateException(vector.toString());
        };
        assertThat(decrypt(vector)).isInstanceOfSatisfying(Undecryptable.class, undecryptable -> {
            assertThat(undecryptable.reason()).isEqualTo(expected);
            assertThat(undecryptable.detail()).isNotBlank();
        });
    }

    @Test
    void noMutationOfAPayloadGivesAnotherPositionOrAnException() {
        JsonNode vector = Vectors.get("reports").get("valid").get(0);
        LocationReport original = (LocationReport) decrypt(vector);
        byte[] payload = Vectors.hex(vector, "payload_hex");
        PrivateTrackerKey key = PrivateTrackerKey.of(Vectors.hex(vector, "private_key_hex"));
        long seed = 20261123;
        Random random = new Random(seed);
        for (int round = 0; round < 10_000; round++) {
            byte[] mutated = payload.clone();
            int at = random.nextInt(mutated.length);
            mutated[at] ^= (byte) (1 << random.nextInt(8));
            DecryptionOutcome outcome = decryptor.decrypt(new EncryptedReport(original.key(), mutated), key);
            if (outcome instanceof LocationReport report) {
                // Time and confidence are outside the tag; nothing else may change unnoticed.
                assertThat(at).as("seed %d, round %d", seed, round).isLessThan(5);
                assertThat(report.latitude()).isEqualTo(original.latitude());
                assertThat(report.longitude()).isEqualTo(original.longitude());
                assertThat(report.status()).isEqualTo(original.status());
            }
        }
    }

    @Test
    void noPayloadOfAnyLengthThrows() {
        PrivateTrackerKey key = PrivateTrackerKey.of(
                Vectors.hex(Vectors.get("reports").get("valid").get(0), "private_key_hex"));
        Random random = new Random(7);
        for (int length = 0; length < 200; length++) {
            byte[] payload = new byte[length];
            random.nextBytes(payload);
            EncryptedReport report = new EncryptedReport(key.hashed(), payload);
            assertThat(decryptor.decrypt(report, key)).as("%d bytes", length).isInstanceOf(Undecryptable.class);
        }
    }

    @Test
    void decryptsManyLikeOneByOneWhateverIsAmongThem() {
        List<JsonNode> vectors = Stream.concat(valid(), invalid()).toList();
        Random random = new Random(8);
        for (int count : new int[] {0, 1, 31, 32, 33, 200}) {
            List<JsonNode> chosen = Stream.generate(() -> vectors.get(random.nextInt(vectors.size())))
                    .limit(count)
                    .toList();
            List<EncryptedReport> reports = chosen.stream()
                    .map(vector -> new EncryptedReport(key(vector).hashed(), Vectors.base64(vector, "payload_b64")))
                    .toList();
            Map<HashedAdvertisementKey, PrivateTrackerKey> keys = chosen.stream()
                    .map(ReportDecryptorTest::key)
                    .distinct()
                    .collect(Collectors.toMap(PrivateTrackerKey::hashed, key -> key));

            assertThat(decryptor.decryptAll(reports, keys::get))
                    .isEqualTo(chosen.stream().map(this::decrypt).toList());
        }
    }

    @Test
    void marksReportsFromTheFuture() {
        JsonNode vector = Vectors.get("reports").get("valid").get(0);
        ReportDecryptor early = new ReportDecryptor(Clock.fixed(Instant.parse("2025-12-31T00:00:00Z"), ZoneOffset.UTC));
        assertThat(((LocationReport) decrypt(early, vector)).flags()).contains(ReportFlag.FUTURE);
        assertThat(((LocationReport) decrypt(vector)).flags()).doesNotContain(ReportFlag.FUTURE);
    }

    private DecryptionOutcome decrypt(JsonNode vector) {
        return decrypt(decryptor, vector);
    }

    private static DecryptionOutcome decrypt(ReportDecryptor decryptor, JsonNode vector) {
        PrivateTrackerKey key = key(vector);
        return decryptor.decrypt(new EncryptedReport(key.hashed(), Vectors.base64(vector, "payload_b64")), key);
    }

    private static PrivateTrackerKey key(JsonNode vector) {
        return PrivateTrackerKey.of(Vectors.hex(vector, "private_key_hex"));
    }
}

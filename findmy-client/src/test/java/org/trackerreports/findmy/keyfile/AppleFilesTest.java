package org.trackerreports.findmy.keyfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.trackerreports.findmy.Vectors;
import org.trackerreports.findmy.key.Accessory;
import org.trackerreports.findmy.key.Alignment;
import org.trackerreports.findmy.key.PrivateTrackerKey;
import org.trackerreports.findmy.key.StaticKeys;

/** The records of Apple's, which belong together but come as separate files, and what else comes as a property list. */
class AppleFilesTest {

    private static final String BEACON = "725A989D-0000-4000-8000-000000000001";
    private static final Alignment ALIGNMENT = new Alignment(Instant.parse("2026-01-01T12:00:00Z"), 10_000);

    @Test
    void joinsAlignmentAndNameToTheirBeacon() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        put(files, "KeyAlignmentRecords/");
        put(files, "OwnedBeacons/725A989D");
        put(files, "BeaconNamingRecord/");
        Map<String, KeyFile> read = KeyFiles.readAll(files);

        assertThat(read.keySet()).containsExactlyElementsOf(files.keySet());
        assertThat(read.values())
                .extracting(KeyFile::format)
                .containsExactly(KeyFileFormat.APPLE_ALIGNMENT, KeyFileFormat.APPLE_BEACON, KeyFileFormat.APPLE_NAME);
        assertThat(read.values()).allSatisfy(each -> assertThat(each.problems()).isEmpty());
        NamedKeys tracker = read.values().stream()
                .flatMap(each -> each.trackers().stream())
                .findFirst()
                .orElseThrow();
        assertThat(tracker.name()).isEqualTo("Keys");
        assertThat(tracker.identifier()).contains(BEACON);
        assertThat(((Accessory) tracker.keys()).alignment()).isEqualTo(ALIGNMENT);
    }

    @Test
    void usesTheNewestOfSeveralAlignmentsWhateverTheirOrder() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        put(files, "KeyAlignmentRecords/");
        files.put(
                "old",
                text(vector("KeyAlignmentRecords/"))
                        .replace("2026-01-01T12", "2025-12-01T12")
                        .replace(">10000<", ">9000<")
                        .getBytes(StandardCharsets.UTF_8));
        put(files, "OwnedBeacons/725A989D");
        KeyFile beacon = KeyFiles.readAll(files)
                .get(vector("OwnedBeacons/725A989D").get("file_name").asText());
        assertThat(((Accessory) beacon.trackers().get(0).keys()).alignment()).isEqualTo(ALIGNMENT);
    }

    @Test
    void saysWhichBeaconIsMissingForAnAlignmentOrAName() {
        for (String prefix : new String[] {"KeyAlignmentRecords/", "BeaconNamingRecord/"}) {
            KeyFile file = KeyFileVectorsTest.read(vector(prefix));
            assertThat(file.trackers()).isEmpty();
            assertThat(file.problems()).hasSize(1);
            assertThat(file.problems().get(0).message()).contains(BEACON).contains("OwnedBeacons");
        }
    }

    @Test
    void namesABrokenBeaconOnceAlthoughItsNameIsThere() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("beacon", beacon("ksRkyt8P4KTv232v", "ksRkyt8P4KTv232w"));
        put(files, "BeaconNamingRecord/");
        // The changed secret still has 32 bytes, so nothing can tell; a shortened one can be told.
        assertThat(KeyFiles.readAll(files).get("beacon").problems()).isEmpty();

        files.put("beacon", beacon("ksRkyt8P4KTv232v", "ksRkyt8P"));
        Map<String, KeyFile> read = KeyFiles.readAll(files);
        assertThat(read.get("beacon").trackers()).isEmpty();
        assertThat(read.values().stream().flatMap(each -> each.problems().stream()))
                .hasSize(1)
                .allSatisfy(problem -> {
                    assertThat(problem.where()).isEqualTo("entry 1 (" + BEACON + ")");
                    assertThat(problem.message()).contains("sharedSecret").contains("26 bytes");
                });
    }

    @Test
    void comparesThePublicKeyOfABeacon() {
        String whole = text(vector("OwnedBeacons/725A989D"));
        int start = whole.indexOf("<data>", whole.indexOf("<key>publicKey</key>")) + "<data>".length();
        String point = whole.substring(start, whole.indexOf("</data>", start));
        List<String> damaged = List.of(
                whole.replaceFirst("BP\\+38tz3", "BP+48tz3"),
                whole.substring(0, start)
                        + point.replace("BP+38tz3", "BP+48tz3")
                        + whole.substring(start + point.length()),
                whole.substring(0, start) + "BP+38tz3" + whole.substring(start + point.length()),
                whole.substring(0, start) + whole.substring(start + point.length()));
        for (String each : damaged) {
            KeyFile file = KeyFiles.read("b", each.getBytes(StandardCharsets.UTF_8));
            assertThat(file.trackers()).isEmpty();
            assertThat(file.problems()).hasSize(1);
            assertThat(file.problems().get(0).message()).contains("does not match the private key");
        }
    }

    @Test
    void skipsItemsThatOthersShare() {
        KeyFile file = KeyFiles.read("b", beacon("<key>privateKey</key>", "<key>somethingElse</key>"));
        assertThat(file.format()).isEqualTo(KeyFileFormat.APPLE_BEACON);
        assertThat(file.trackers()).isEmpty();
        assertThat(file.problems().get(0).message()).contains("share");
    }

    @Test
    void readsRecordsThatAreStillEncryptedWhereTheKeyIsGiven() {
        JsonNode vector = Vectors.get("beaconstore_record");
        byte[] record = Vectors.base64(vector, "record_b64");
        byte[] key = Vectors.hex(vector, "beaconstore_key_hex");

        KeyFile locked = KeyFiles.read("x.record", record);
        assertThat(locked.format()).isEqualTo(KeyFileFormat.APPLE_ENCRYPTED);
        assertThat(locked.problems().get(0).message()).contains("BeaconStore");

        KeyFile opened = KeyFiles.readAll(Map.of("x.record", record), key).get("x.record");
        assertThat(opened.format()).isEqualTo(KeyFileFormat.APPLE_ALIGNMENT);

        key[0] ^= 1;
        KeyFile wrong = KeyFiles.readAll(Map.of("x.record", record), key).get("x.record");
        assertThat(wrong.format()).isEqualTo(KeyFileFormat.APPLE_ENCRYPTED);
        assertThat(wrong.problems().get(0).message()).contains("another Mac");
        assertThatThrownBy(() -> KeyFiles.readAll(Map.of(), new byte[16])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void decryptsARecordToWhatTheVectorSays() {
        JsonNode vector = Vectors.get("beaconstore_record");
        Map<String, byte[]> files = new LinkedHashMap<>();
        put(files, "OwnedBeacons/725A989D");
        // This record does not name its beacon; the folder does.
        files.put("KeyAlignmentRecords/" + BEACON + "/x.record", Vectors.base64(vector, "record_b64"));
        Map<String, KeyFile> read = KeyFiles.readAll(files, Vectors.hex(vector, "beaconstore_key_hex"));
        assertThat(read.values()).allSatisfy(each -> assertThat(each.problems()).isEmpty());
        Alignment expected = new Alignment(
                Instant.parse(vector.at("/expect/lastIndexObservationDate").asText()),
                vector.at("/expect/lastIndexObserved").asInt());
        assertThat(read.values().stream().flatMap(each -> each.trackers().stream()))
                .extracting(each -> ((Accessory) each.keys()).alignment())
                .containsExactly(expected);
    }

    @Test
    void knowsTelephonesAndComputersByTheirSecrets() {
        String tag = text(vector("OwnedBeacons/725A989D"));
        String phone = tag.replace("secondarySharedSecret", "secureLocationsSharedSecret");
        assertThat(tag).isNotEqualTo(phone);
        for (String content : List.of(tag, phone)) {
            NamedKeys tracker = KeyFiles.read("x.plist", content.getBytes(StandardCharsets.UTF_8))
                    .trackers()
                    .get(0);
            assertThat(tracker.appleDevice()).isEqualTo(content.equals(phone));
            assertThat(tracker.renamed("other").appleDevice()).isEqualTo(tracker.appleDevice());
        }
        String json = KeyFiles.write(new NamedKeys("Mine", accessory(tag), Optional.empty()));
        for (String model : List.of("iPhone15,2", "MacBookPro18,3", "AirTag1,1")) {
            String named = json.replace("\"model\": null", "\"model\": \"" + model + "\"")
                    .replace("\"model\":null", "\"model\":\"" + model + "\"");
            assertThat(KeyFiles.read("x.json", named.getBytes(StandardCharsets.UTF_8))
                            .trackers())
                    .as(model)
                    .extracting(NamedKeys::appleDevice)
                    .containsExactly(!model.equals("AirTag1,1"));
        }
    }

    private static Accessory accessory(String beacon) {
        return (Accessory) KeyFiles.read("x.plist", beacon.getBytes(StandardCharsets.UTF_8))
                .trackers()
                .get(0)
                .keys();
    }

    @Test
    void usesTheGoodEntriesOfAnOpenHaystackPropertyListAndNamesTheBadOnes() {
        String one = text(vector("accessories.plist"));
        String dict = one.substring(one.indexOf("<dict>"), one.indexOf("</array>\n</plist>"));
        String broken = dict.replace("GbG7gq/aN052Pc", "GbG7gq!aN052Pc").replace("Rucksack", "Broken");
        String swapped = dict.replace("2026-01-01T00:00:00Z", "yesterday").replace("Rucksack", "Odd date");
        KeyFile file = KeyFiles.read(
                "a.plist", one.replace(dict, dict + broken + swapped).getBytes(StandardCharsets.UTF_8));
        assertThat(file.format()).isEqualTo(KeyFileFormat.OPENHAYSTACK_PLIST);
        assertThat(file.trackers()).extracting(NamedKeys::name).containsExactly("Rucksack", "Odd date");
        assertThat(file.trackers().get(0).identifier()).contains("-8123456789012345678");
        assertThat(file.problems()).extracting(KeyFileProblem::where).containsExactly("entry 2 (Broken)");
    }

    @Test
    void recognisesFilesWithPublicKeysOnly() {
        KeyFile binary = KeyFileVectorsTest.read(vector("ABC123_keyfile"));
        assertThat(binary.format()).isEqualTo(KeyFileFormat.FIRMWARE_KEYS);
        KeyFile yaml = KeyFiles.read(
                "x.yaml",
                "esphome:\n  x: y\nhaystack:\n  keys:\n    - iX7eCMTJCasyYh7gTVdUw2WFxTvRujRh4d80YA==\n"
                        .getBytes(StandardCharsets.UTF_8));
        assertThat(yaml.format()).isEqualTo(KeyFileFormat.FIRMWARE_YAML);
        for (KeyFile file : new KeyFile[] {binary, yaml}) {
            assertThat(file.trackers()).isEmpty();
            assertThat(file.problems()).hasSize(1);
            assertThat(file.problems().get(0).message()).contains("public keys only");
        }
    }

    @Test
    void readsTheKeyCacheOfOldMacs() throws IOException {
        // The private key of a beacon is the 85 bytes that the cache has, too.
        String beacon = text(vector("OwnedBeacons/725A989D")).replaceAll("\\s", "");
        int from = beacon.indexOf("<data>BP+38") + "<data>".length();
        byte[] blob = Base64.getDecoder().decode(beacon.substring(from, beacon.indexOf("</data>", from)));
        assertThat(blob).hasSize(85);
        ByteArrayOutputStream cache = new ByteArrayOutputStream();
        cache.write(Arrays.copyOf("KEY".getBytes(StandardCharsets.US_ASCII), 32));
        writeRecord(cache, 0, new byte[85]);
        writeRecord(cache, 1, blob);
        writeRecord(cache, 7, blob);
        cache.write(new byte[10]);

        KeyFile file = KeyFiles.read("cache.record", cache.toByteArray());
        assertThat(file.format()).isEqualTo(KeyFileFormat.MACOS_KEY_CACHE);
        assertThat(((StaticKeys) file.trackers().get(0).keys()).keys())
                .extracting(PrivateTrackerKey::secretBytes)
                .containsExactly(Arrays.copyOfRange(blob, 57, 85));
        assertThat(file.problems()).extracting(KeyFileProblem::where).containsExactly("record 3", "record 4");
    }

    private static void writeRecord(ByteArrayOutputStream to, int flag, byte[] key) throws IOException {
        to.write(new byte[32]);
        to.write(flag);
        to.write(key);
    }

    private static byte[] beacon(String from, String to) {
        String text = text(vector("OwnedBeacons/725A989D"));
        assertThat(text).contains(from);
        return text.replace(from, to).getBytes(StandardCharsets.UTF_8);
    }

    private static void put(Map<String, byte[]> files, String prefix) {
        files.put(vector(prefix).get("file_name").asText(), KeyFileVectorsTest.content(vector(prefix)));
    }

    private static String text(JsonNode vector) {
        return vector.get("content").asText();
    }

    private static JsonNode vector(String prefix) {
        return Vectors.each(Vectors.get("key_files"))
                .filter(each -> each.get("file_name").asText().startsWith(prefix))
                .findFirst()
                .orElseThrow();
    }
}

package org.trackerreports.findmy.keyfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trackerreports.findmy.key.Accessory;
import org.trackerreports.findmy.key.Alignment;
import org.trackerreports.findmy.key.PrivateTrackerKey;
import org.trackerreports.findmy.key.StaticKeys;

/** Text and JSON: what is good is used, what is bad is named; and the formats that are written. */
class KeyFilesTest {

    private static final String BIKE = "Rjh3iCif9EtMn7sPeI4MsLWh3I4K1MTSlvCMSQ==";
    private static final String BIKE_ADVERTISED = "IkgC1s4XamKclsIXdfzM+D8AafG0y+gNS653Wg==";
    private static final String BIKE_HASH = "fO4rtYlPRRV5q/UWddnj41+i5xDeaK62oGp3Az8nVJ4=";
    private static final String VAN = "vlYHPEm/Wp1pgujyBByVcVpZ4z6ZcC62XhfYKg==";
    private static final String VAN_HEX = "be56073c49bf5a9d6982e8f2041c95715a59e33e99702eb65e17d82a";
    private static final String VAN_HASH = "lDSwfSq+ifCmmCDvd7LAo6XzSZsGXiKPCblwgy+R/gk=";
    private static final String VAN_ADVERTISED = "iX7eCMTJCasyYh7gTVdUw2WFxTvRujRh4d80YA==";
    private static final Instant PAIRED = Instant.parse("2025-02-27T20:15:44Z");

    @Test
    void usesTheGoodEntriesOfDevicesJsonAndNamesTheBadOnes() {
        KeyFile file = read("fleet.json", """
                [{"id": 1, "name": "Bike", "privateKey": "%s", "additionalKeys": []},
                 {"id": 2, "name": "Cut", "privateKey": "Rjh3iCif9EtM", "additionalKeys": []},
                 {"id": 3, "name": "None", "additionalKeys": []},
                 7,
                 {"id": "four", "privateKey": "%s", "additionalKeys": ["!!", "%s", "%s"]}]
                """.formatted(BIKE, VAN, BIKE, VAN));
        assertThat(file.format()).isEqualTo(KeyFileFormat.DEVICES_JSON);
        assertThat(file.trackers()).extracting(NamedKeys::name).containsExactly("Bike", "fleet");
        assertThat(file.trackers().get(1).identifier()).contains("four");
        assertThat(hashes(file.trackers().get(1))).containsExactly(BIKE_HASH, VAN_HASH);
        assertThat(file.problems())
                .extracting(KeyFileProblem::where)
                .containsExactly("entry 2 (Cut)", "entry 3 (None)", "entry 4", "entry 5, additional key 1");
        assertThat(file.problems().get(0).message()).contains("9 bytes").contains("28");
    }

    @Test
    void usesTheGoodTriplesOfAKeysFileAndNamesTheBadOnes() {
        KeyFile file = read(
                "tag.keys", """
                # two good ones around bad ones
                Private key: %s
                Advertisement key: %s
                Hashed adv key: %s
                Private kez: %s
                Advertisement key: %s
                Private key: %s
                Hashed adv key: %s
                Private key: %s
                """.formatted(BIKE, BIKE_ADVERTISED, BIKE_HASH, VAN, VAN_ADVERTISED, VAN, BIKE_HASH, VAN));
        assertThat(file.format()).isEqualTo(KeyFileFormat.KEYS_TEXT);
        assertThat(hashes(file.trackers().get(0))).containsExactly(BIKE_HASH, VAN_HASH);
        assertThat(file.problems()).extracting(KeyFileProblem::where).containsExactly("line 5", "line 6", "line 7");
        assertThat(file.problems().get(2).message()).contains("hashed key does not match");
    }

    @Test
    void readsKeysFilesWhosePrivateKeyComesLast() {
        KeyFile file = read("tag.keys", """
                advertisement key : %s
                PRIVATE KEY: %s

                Advertisement key: %s
                Private key: %s""".formatted(BIKE_ADVERTISED, BIKE, VAN_ADVERTISED, VAN));
        assertThat(file.problems()).isEmpty();
        assertThat(hashes(file.trackers().get(0))).containsExactly(BIKE_HASH, VAN_HASH);
    }

    @Test
    void usesTheGoodLinesOfAListAndNamesTheBadOnes() {
        KeyFile file = read("list.txt", """
                # keys
                %s   # the bike
                %s
                ffffffffffffffffffffffffffff16a2e0b8f03e13dd29455c5c2a3d
                00000000000000000000000000000000000000000000000000000000
                Rjh3iCif9EtMn7sPeI4MsLWh3I4K1MTSlvC=
                """.formatted(BIKE, VAN_HEX));
        assertThat(file.format()).isEqualTo(KeyFileFormat.KEY_LIST);
        assertThat(hashes(file.trackers().get(0))).containsExactly(BIKE_HASH, VAN_HASH);
        assertThat(file.problems()).extracting(KeyFileProblem::where).containsExactly("line 4", "line 5", "line 6");
    }

    @Test
    void takesAKeyThatIsNamedTwiceOnce() {
        KeyFile file = read("list.txt", BIKE + "\n" + BIKE + "\n");
        assertThat(hashes(file.trackers().get(0))).containsExactly(BIKE_HASH);
        assertThat(file.problems()).isEmpty();
    }

    @Test
    void keepsAnAccessoryWhoseAlignmentIsDamaged() {
        KeyFile file = read("tag.json", accessory("\"2026-01-01T12:00:00+00:00\"", "-5"));
        assertThat(((Accessory) file.trackers().get(0).keys()).alignment()).isEqualTo(new Alignment(PAIRED, 0));
        assertThat(file.problems()).hasSize(1);
        assertThat(file.problems().get(0).message()).contains("alignment_index").contains("first search");

        assertThat(read("tag.json", accessory("\"2026-01-01T12:00:00+00:00\"", "null"))
                        .problems())
                .hasSize(1);
        assertThat(read("tag.json", accessory("\"yesterday\"", "5")).problems()).hasSize(1);
        assertThat(read("tag.json", accessory("\"2026-01-01T12:00:00+00:00\"", "2000000000"))
                        .problems())
                .hasSize(1);
    }

    @Test
    void saysThatOpenHaystacksDerivedKeysAreNotFollowed() {
        KeyFile file = read("oh.json", """
                [{"id": -7, "name": "Rucksack", "privateKey": "%s", "usesDerivation": true, "updateInterval": 3600.0,
                  "symmetricKey": "ErKg/9XBrfcg6JunBV29S9H2tWfFpxeNbNVPil+ZgRY="}]
                """.formatted(BIKE));
        assertThat(file.format()).isEqualTo(KeyFileFormat.OPENHAYSTACK_JSON);
        assertThat(hashes(file.trackers().get(0))).containsExactly(BIKE_HASH);
        assertThat(file.problems()).hasSize(1);
        assertThat(file.problems().get(0).message()).contains("derive").contains("base key");
    }

    @Test
    void listsTheFormatsForAFileThatIsNone() {
        for (String content : List.of("", "hello", "\0\1\2", "# only a comment\n")) {
            KeyFile file = read("notes.txt", content);
            assertThat(file.format()).isEqualTo(KeyFileFormat.UNKNOWN);
            assertThat(file.trackers()).isEmpty();
            assertThat(file.problems()).hasSize(1);
            assertThat(file.problems().get(0).message()).contains(".keys text").contains("FindMy.py accessory");
        }
    }

    @Test
    void tellsOtherFilesOfFindMyPyApart() {
        KeyFile file = read("account.json", "{\"type\": \"account\", \"login\": {}}");
        assertThat(file.format()).isEqualTo(KeyFileFormat.UNKNOWN);
        assertThat(file.problems().get(0).message()).contains("account").contains("no key file");
    }

    @Test
    void namesThePlaceWhereJsonBreaksWithoutRepeatingIt() {
        KeyFile file = read("fleet.json", "[{\"name\": \"a\",\n \"privateKey\": " + BIKE + "}]");
        assertThat(file.problems()).hasSize(1);
        assertThat(file.problems().get(0).where()).startsWith("line 2");
        assertThat(file.problems().get(0).message()).doesNotContain("Rjh3");
    }

    @Test
    void cleansNamesAndNumbersThoseThatAreMissing() {
        KeyFile file = read("a/b\\fleet.v2.json", """
                [{"name": " \\u0000tab\\there\\ud800 ", "privateKey": "%s"}, {"name": "  ", "privateKey": "%s"}, {"privateKey": "%s"}]
                """.formatted(BIKE, BIKE, VAN));
        assertThat(file.trackers()).extracting(NamedKeys::name).containsExactly("tab here", "fleet.v2 1", "fleet.v2 2");
    }

    @Test
    void readsTextAsWindowsEditorsWriteIt() {
        byte[] utf16 = ("\uFEFF" + BIKE + "\r\n").getBytes(StandardCharsets.UTF_16LE);
        assertThat(hashes(KeyFiles.read("x.txt", utf16).trackers().get(0))).containsExactly(BIKE_HASH);
        byte[] utf8 = ("\uFEFF[{\"privateKey\": \"" + BIKE + "\"}]").getBytes(StandardCharsets.UTF_8);
        assertThat(hashes(KeyFiles.read("x.json", utf8).trackers().get(0))).containsExactly(BIKE_HASH);
    }

    @Test
    void readsFromADiskAndFailsWithTheDiskOnly(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("Bike.txt"), BIKE);
        assertThat(KeyFiles.read(file).trackers()).extracting(NamedKeys::name).containsExactly("Bike");
        assertThatThrownBy(() -> KeyFiles.read(folder.resolve("missing.keys"))).isInstanceOf(IOException.class);
    }

    @Test
    void refusesAFileAboveTheLimit() {
        KeyFile file = KeyFiles.read("big.keys", new byte[KeyFiles.MAX_BYTES + 1]);
        assertThat(file.problems()).hasSize(1);
        assertThat(file.problems().get(0).message()).contains(String.valueOf(KeyFiles.MAX_BYTES));
    }

    @Test
    void writesStaticKeysThatReadGivesBack() {
        PrivateTrackerKey bike = key(BIKE);
        PrivateTrackerKey van = key(VAN);
        for (NamedKeys tracker : List.of(
                new NamedKeys("Bike \"1\" 🔑", new StaticKeys(List.of(bike)), Optional.empty()),
                new NamedKeys("Bike", new StaticKeys(List.of(bike)), Optional.of("id 7")),
                new NamedKeys("Van", new StaticKeys(List.of(van, bike)), Optional.empty()),
                new NamedKeys("Van", new StaticKeys(List.of(bike, van)), Optional.of("4711")))) {
            KeyFile file = read("other name.json", KeyFiles.write(tracker));
            assertThat(file.problems()).isEmpty();
            assertThat(file.trackers()).containsExactly(tracker);
        }
    }

    @Test
    void writesAccessoriesThatReadGivesBack() {
        for (Optional<Alignment> alignment : List.of(
                Optional.<Alignment>empty(),
                Optional.of(new Alignment(Instant.parse("2026-01-01T12:00:00.123456789Z"), 10_000)))) {
            Accessory accessory = Accessory.of(key(BIKE), secret(1), secret(2), PAIRED, alignment);
            for (Optional<String> identifier : List.of(Optional.<String>empty(), Optional.of("725A989D-0000"))) {
                KeyFile file = read("x.json", KeyFiles.write(new NamedKeys("Keys", accessory, identifier)));
                assertThat(file.format()).isEqualTo(KeyFileFormat.FINDMY_ACCESSORY);
                assertThat(file.problems()).isEmpty();
                NamedKeys tracker = file.trackers().get(0);
                assertThat(tracker.name()).isEqualTo("Keys");
                assertThat(tracker.identifier()).isEqualTo(identifier);
                Accessory back = (Accessory) tracker.keys();
                assertThat(back.master()).isEqualTo(accessory.master());
                assertThat(back.primarySecret()).isEqualTo(secret(1));
                assertThat(back.secondarySecret()).isEqualTo(secret(2));
                assertThat(back.pairedAt()).isEqualTo(PAIRED);
                assertThat(back.alignment()).isEqualTo(accessory.alignment());
            }
        }
    }

    @Test
    void writesAccessoriesWithTheMembersThatFindMyPyAsksFor() throws IOException {
        Accessory accessory = Accessory.of(key(BIKE), secret(1), secret(2), PAIRED, Optional.empty());
        JsonNode json = new ObjectMapper().readTree(KeyFiles.write(new NamedKeys("Keys", accessory, Optional.empty())));
        assertThat(json.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "type",
                        "master_key",
                        "skn",
                        "sks",
                        "paired_at",
                        "name",
                        "model",
                        "identifier",
                        "group_identifier",
                        "serial_number",
                        "alignment_date",
                        "alignment_index");
        assertThat(json.get("paired_at").asText()).isEqualTo("2025-02-27T20:15:44+00:00");
    }

    @Test
    void writesKeysTextThatReadGivesBack() {
        StaticKeys keys = new StaticKeys(List.of(key(VAN), key(BIKE)));
        String text = KeyFiles.writeKeysText(keys);
        assertThat(text.lines().skip(3))
                .containsExactly(
                        "Private key: " + BIKE,
                        "Advertisement key: " + BIKE_ADVERTISED,
                        "Hashed adv key: " + BIKE_HASH);
        KeyFile file = read("Van.keys", text);
        assertThat(file.trackers()).containsExactly(new NamedKeys("Van", keys, Optional.empty()));
        assertThat(file.problems()).isEmpty();
    }

    @Test
    void writesDevicesJsonThatReadGivesBack() {
        NamedKeys van = new NamedKeys("Van", new StaticKeys(List.of(key(VAN), key(BIKE))), Optional.of("-4711"));
        NamedKeys bike = new NamedKeys("Bike", new StaticKeys(List.of(key(BIKE))), Optional.of("front"));
        KeyFile file = read("x.json", KeyFiles.writeDevicesJson(List.of(van, bike)));
        assertThat(file.format()).isEqualTo(KeyFileFormat.DEVICES_JSON);
        assertThat(file.problems()).isEmpty();
        assertThat(file.trackers().get(0)).isEqualTo(van);
        assertThat(file.trackers().get(1).keys()).isEqualTo(bike.keys());

        NamedKeys rolling = new NamedKeys(
                "AirTag", Accessory.of(key(BIKE), secret(1), secret(2), PAIRED, Optional.empty()), Optional.empty());
        assertThatThrownBy(() -> KeyFiles.writeDevicesJson(List.of(van, rolling)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("AirTag");
    }

    @Test
    void refusesNamesThatWouldNotComeBack() {
        StaticKeys keys = new StaticKeys(List.of(key(BIKE)));
        for (String name : List.of("", " ", " Bike", "a\nb")) {
            assertThatThrownBy(() -> new NamedKeys(name, keys, Optional.empty()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void hidesSecretsInTexts() {
        KeyFile file = read("Bike.txt", BIKE);
        assertThat(file.toString()).contains("Bike").doesNotContain(BIKE).doesNotContain("46387788");
    }

    private static KeyFile read(String name, String content) {
        return KeyFiles.read(name, content.getBytes(StandardCharsets.UTF_8));
    }

    private static String accessory(String date, String index) {
        return """
                {"type": "accessory", "master_key": "%s", "skn": "%s", "sks": "%s", "paired_at": "2025-02-27T20:15:44+00:00",
                 "name": "Keys", "model": null, "identifier": null, "alignment_date": %s, "alignment_index": %s}
                """.formatted(VAN_HEX, "01".repeat(32), "02".repeat(32), date, index);
    }

    private static PrivateTrackerKey key(String base64) {
        return PrivateTrackerKey.of(Base64.getDecoder().decode(base64));
    }

    private static byte[] secret(int value) {
        byte[] secret = new byte[32];
        Arrays.fill(secret, (byte) value);
        return secret;
    }

    private static List<String> hashes(NamedKeys tracker) {
        return ((StaticKeys) tracker.keys())
                .keys().stream().map(key -> key.hashed().base64()).toList();
    }
}

package org.trackerreports.findmy.keyfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.lingala.zip4j.io.outputstream.ZipOutputStream;
import net.lingala.zip4j.model.ZipParameters;
import net.lingala.zip4j.model.enums.AesKeyStrength;
import net.lingala.zip4j.model.enums.AesVersion;
import net.lingala.zip4j.model.enums.CompressionMethod;
import net.lingala.zip4j.model.enums.EncryptionMethod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trackerreports.findmy.key.Accessory;
import org.trackerreports.findmy.key.StaticKeys;

/** Files as other programs and other systems make them. The expected hashes were made by another implementation. */
class FieldFilesTest {

    private static final String HASH_A = "dxLvGRg+Y2y9CB5uHvuvkKj74QBrEJmEvzCi/P5Wcto=";
    private static final String HASH_B = "BMCLZZtGcC0G+KEtV/msoCPcH0YjrTs6g6cgLstW+Jo=";
    private static final String HASH_URL = "gnnEhis/dqUTGRAHK/TpaeJDa5sKdK8h15WGMvoykzo=";
    private static final String CODE = "H4K29WMR7TQX";

    private static byte[] content(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(FieldFilesTest.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        }
    }

    private static KeyFile read(String name) throws IOException {
        return KeyFiles.read(name, content(name));
    }

    private static List<String> names(KeyFile file) {
        return file.trackers().stream().map(NamedKeys::name).toList();
    }

    private static List<String> hashes(KeyFile file) {
        return file.trackers().stream()
                .map(each -> ((StaticKeys) each.keys()).keys().get(0).hashed().base64())
                .toList();
    }

    private static KeyFile readWhole(String name) throws IOException {
        KeyFile file = read(name);
        assertThat(file.problems()).isEmpty();
        return file;
    }

    @Test
    void readsZipsWithBackslashes() throws IOException {
        KeyFile file = readWhole("backslashes.zip");
        assertThat(names(file)).containsExactly("a", "b");
        assertThat(hashes(file)).containsExactly(HASH_A, HASH_B);

        KeyFile records = readWhole("backslashes-records.zip");
        assertThat(names(records)).containsExactly("Keys");
        assertThat(records.trackers().get(0).keys()).isInstanceOf(Accessory.class);
    }

    @Test
    void readsZipsWithColonsAndRefusesClimbingNames() throws IOException {
        KeyFile colon = readWhole("colon-in-name.zip");
        assertThat(names(colon)).containsExactly("2026-01-01 12:00 bike", "b");
        assertThat(hashes(colon)).containsExactly(HASH_A, HASH_B);

        KeyFile climbing = read("climbing.zip");
        assertThat(hashes(climbing)).containsExactly(HASH_B);
        assertThat(climbing.problems()).hasSize(1);
        assertThat(climbing.problems().get(0).message()).contains("points outside the zip");
    }

    @Test
    void saysWhichMethodOfPackingIsNotSupported() throws IOException {
        KeyFile file = read("bzip2.zip");
        assertThat(file.problems()).extracting(KeyFileProblem::where).containsExactly("a.keys", "b.keys");
        assertThat(file.problems().get(0).message()).contains("bzip2", "pack the zip with the usual method (Deflate)");
    }

    @Test
    void tellsTrackersOfOneNameApart() throws IOException {
        assertThat(names(read("earbuds.zip"))).containsExactly("Earbuds", "Earbuds 2", "Earbuds 3");
        KeyFile keys = read("two-keys.json");
        assertThat(names(keys)).containsExactly("Keys", "Keys 2");
        assertThat(keys.problems()).isEmpty();
        assertThat(hashes(keys)).doesNotHaveDuplicates();
    }

    @Test
    void countsEqualNamesByIdentifierAndPassesOverTakenNumbers() {
        String key = "{\"id\": %d, \"name\": \"%s\", \"privateKey\": \"%s\"}";
        KeyFile file = KeyFiles.read(
                "x.json",
                ("[" + String.format(key, 3, "Keys", key(1)) + "," + String.format(key, 2, "Keys", key(2)) + ","
                                + String.format(key, 1, "Keys 2", key(3)) + "," + String.format(key, 2, "Keys", key(2))
                                + "]")
                        .getBytes(StandardCharsets.UTF_8));
        assertThat(names(file)).containsExactly("Keys 3", "Keys", "Keys 2", "Keys");
    }

    @Test
    void countsEqualNamesFromFileToFile() {
        String key = "[{\"id\": 1, \"name\": \"Bike\", \"privateKey\": \"%s\"}]";
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (int number = 1; number <= 3; number++) {
            // The third is the first again.
            String text = String.format(key, key(number == 3 ? 1 : number));
            files.put("of-" + number + ".json", text.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(KeyFiles.readAll(files).values())
                .extracting(file -> names(file).get(0))
                .containsExactly("Bike", "Bike 2", "Bike");
    }

    private static String key(int number) {
        byte[] scalar = new byte[28];
        scalar[27] = (byte) number;
        return Base64.getEncoder().encodeToString(scalar);
    }

    @ParameterizedTest
    @ValueSource(strings = {"url-safe.keys", "url-safe-list.txt"})
    void readsTheAlphabetForUrls(String name) throws IOException {
        KeyFile file = read(name);
        assertThat(file.problems()).isEmpty();
        assertThat(hashes(file)).containsExactly(HASH_URL);
    }

    @Test
    void readsTextInEveryUsualEncoding() {
        String text = "[{\"id\": 1, \"name\": \"Schlüssel\", \"privateKey\": \"" + key(1) + "\"}]\r\n";
        List<byte[]> encoded = new ArrayList<>();
        for (String charset : List.of("UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE")) {
            if (!charset.startsWith("UTF-32")) {
                encoded.add(text.getBytes(Charset.forName(charset)));
            }
            encoded.add(("\uFEFF" + text).getBytes(Charset.forName(charset)));
        }
        encoded.add(text.getBytes(StandardCharsets.ISO_8859_1));
        for (byte[] content : encoded) {
            KeyFile file = KeyFiles.read("x.json", content);
            assertThat(file.problems()).isEmpty();
            assertThat(names(file)).containsExactly("Schlüssel");
        }
    }

    @Test
    void givesNamesOneNormalForm() {
        String decomposed = Normalizer.normalize("Schlüssel", Normalizer.Form.NFD);
        byte[] list = key(1).getBytes(StandardCharsets.UTF_8);
        assertThat(names(KeyFiles.read(decomposed + ".txt", list))).containsExactly("Schlüssel");
    }

    @Test
    void readsTheTwelveKeysOfGoHaystack() {
        StringBuilder text = new StringBuilder();
        StringBuilder more = new StringBuilder();
        for (int number = 1; number <= 12; number++) {
            text.append("Private key: ").append(key(number)).append("\n");
            more.append(number == 1 ? "" : number == 2 ? "\"" : "\",\"").append(number == 1 ? "" : key(number));
        }
        KeyFile keys = KeyFiles.read("tag.keys", text.toString().getBytes(StandardCharsets.UTF_8));
        KeyFile json = KeyFiles.read(
                "tag.json",
                ("[{\"id\": 7, \"name\": \"tag\", \"privateKey\": \"" + key(1) + "\", \"additionalKeys\": [" + more
                                + "\"]}]")
                        .getBytes(StandardCharsets.UTF_8));
        for (KeyFile file : List.of(keys, json)) {
            assertThat(file.problems()).isEmpty();
            assertThat(((StaticKeys) file.trackers().get(0).keys()).keys()).hasSize(12);
        }
    }

    private static byte[] locked(
            Map<String, byte[]> entries,
            String code,
            AesVersion version,
            AesKeyStrength strength,
            CompressionMethod method)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, code.toCharArray())) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                ZipParameters parameters = new ZipParameters();
                parameters.setFileNameInZip(entry.getKey());
                parameters.setEncryptFiles(true);
                parameters.setEncryptionMethod(EncryptionMethod.AES);
                parameters.setAesVersion(version);
                parameters.setAesKeyStrength(strength);
                parameters.setCompressionMethod(method);
                if (method == CompressionMethod.STORE) {
                    parameters.setEntrySize(entry.getValue().length);
                }
                zip.putNextEntry(parameters);
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static Map<String, byte[]> twoTags() {
        return Map.of(
                "a.txt", key(1).getBytes(StandardCharsets.UTF_8),
                "b.txt", (key(2) + "\n" + "# long\n".repeat(500)).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void opensALockedExportWithItsCode() throws IOException {
        for (AesVersion version : AesVersion.values()) {
            for (AesKeyStrength strength : List.of(AesKeyStrength.KEY_STRENGTH_128, AesKeyStrength.KEY_STRENGTH_256)) {
                for (CompressionMethod method : List.of(CompressionMethod.DEFLATE, CompressionMethod.STORE)) {
                    byte[] zip = locked(twoTags(), CODE, version, strength, method);
                    assertThat(KeyFiles.isLocked(zip)).isTrue();
                    for (String typed : List.of(CODE, "h4k2-9wmr-7tqx", " H4K2 9WMR_7TQX\t")) {
                        assertThat(KeyFiles.isOpenedBy(zip, typed)).isTrue();
                        KeyFile file =
                                Objects.requireNonNull(KeyFiles.readAll(Map.of("x.zip", zip), List.of("other", typed))
                                        .get("x.zip"));
                        assertThat(file.problems()).isEmpty();
                        assertThat(names(file)).containsExactlyInAnyOrder("a", "b");
                    }
                }
            }
        }
    }

    @Test
    void readsLettersThatLookLikeDigitsAndPasswordsOfOtherPrograms() throws IOException {
        byte[] digits = locked(
                twoTags(), "110029WMR7TQ", AesVersion.TWO, AesKeyStrength.KEY_STRENGTH_256, CompressionMethod.DEFLATE);
        assertThat(KeyFiles.isOpenedBy(digits, "ilOo-29wm-r7tq")).isTrue();
        byte[] other = locked(
                twoTags(), "a pass-Wörd ", AesVersion.TWO, AesKeyStrength.KEY_STRENGTH_256, CompressionMethod.DEFLATE);
        assertThat(KeyFiles.isOpenedBy(other, "a pass-Wörd ")).isTrue();
    }

    @Test
    void saysThatACodeIsMissingWrongOrTheZipDamaged() throws IOException {
        byte[] zip =
                locked(twoTags(), CODE, AesVersion.TWO, AesKeyStrength.KEY_STRENGTH_256, CompressionMethod.DEFLATE);
        KeyFile without = KeyFiles.read("x.zip", zip);
        assertThat(without.trackers()).isEmpty();
        assertThat(without.problems()).hasSize(1);
        assertThat(without.problems().get(0).message()).contains("locked with a code", "H4K2-9WMR-7TQX");

        assertThat(KeyFiles.isOpenedBy(zip, "H4K2-9WMR-7TQY")).isFalse();
        KeyFile wrong = Objects.requireNonNull(KeyFiles.readAll(Map.of("x.zip", zip), List.of("H4K2-9WMR-7TQY"))
                .get("x.zip"));
        assertThat(wrong.trackers()).isEmpty();
        assertThat(wrong.problems().toString())
                .contains("does not open this zip")
                .doesNotContain("7TQY");

        // In the bytes of the first entry, behind header, name, additional fields, salt and verifier.
        zip[30 + 5 + 11 + 16 + 2 + 3] ^= 1;
        KeyFile damaged = Objects.requireNonNull(
                KeyFiles.readAll(Map.of("x.zip", zip), List.of(CODE)).get("x.zip"));
        assertThat(damaged.trackers()).hasSize(1);
        assertThat(damaged.problems()).hasSize(1);
        assertThat(damaged.problems().get(0).message()).contains("damaged");
    }
}

package org.trackerreports.findmy.keyfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.trackerreports.findmy.Vectors;
import org.trackerreports.findmy.key.Accessory;
import org.trackerreports.findmy.key.Alignment;

/** The export of OpenTagViewer, and zips that are damaged or made to do harm. */
class ZipFilesTest {

    private static final String BIKE = "Rjh3iCif9EtMn7sPeI4MsLWh3I4K1MTSlvCMSQ==";
    private static final String VAN = "vlYHPEm/Wp1pgujyBByVcVpZ4z6ZcC62XhfYKg==";

    @Test
    void readsAnExportOfOpenTagViewer() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put(
                "OPENTAGVIEWER.yml",
                bytes("version: '0.0.3'\nexportTimestamp: 1767268800000\nsourceUser: x\nvia: y\n"));
        entries.put("OwnedBeacons/", new byte[0]);
        for (JsonNode vector : Vectors.get("key_files")) {
            String name = vector.get("file_name").asText();
            if (name.contains("725A989D")) {
                entries.put(name, KeyFileVectorsTest.content(vector));
            }
        }
        entries.put(
                "CustomAccessories/4711.json",
                bytes("{\"type\": \"keypair\", \"private_key\": \"" + BIKE
                        + "\", \"key_type\": 0, \"name\": \"Bike\"}"));
        entries.put("__MACOSX/OwnedBeacons/._x.plist", new byte[] {0, 5, 22, 7});
        entries.put("OwnedBeacons/broken.plist", bytes("<plist version=\"1.0\"><dict>"));

        KeyFile file = KeyFiles.read("export.zip", zip(entries));
        assertThat(file.format()).isEqualTo(KeyFileFormat.ZIP);
        assertThat(file.trackers()).extracting(NamedKeys::name).containsExactly("Keys", "Bike");
        assertThat(((Accessory) file.trackers().get(0).keys()).alignment())
                .isEqualTo(new Alignment(Instant.parse("2026-01-01T12:00:00Z"), 10_000));
        assertThat(file.problems()).extracting(KeyFileProblem::where).containsExactly("OwnedBeacons/broken.plist");
    }

    @Test
    void usesNoEntryThatPointsElsewhereOrStandsTwice() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("good.txt", bytes(BIKE));
        entries.put("../up.txt", bytes(VAN));
        entries.put("a/../../up.txt", bytes(VAN));
        entries.put("/etc/root.txt", bytes(VAN));
        entries.put("a\\..\\b.txt", bytes(VAN));
        entries.put("C:\\x.txt", bytes(VAN));
        entries.put("..\\up.txt", bytes(VAN));
        entries.put("gooe.txt", bytes(VAN));
        byte[] zip = zip(entries);
        // Both in the entry and in the directory; the name has no part in a check sum.
        String changed = new String(zip, StandardCharsets.ISO_8859_1).replace("gooe.txt", "good.txt");

        KeyFile file = KeyFiles.read("x.zip", changed.getBytes(StandardCharsets.ISO_8859_1));
        assertThat(file.trackers()).extracting(NamedKeys::name).containsExactly("good");
        assertThat(file.problems()).hasSize(7);
        assertThat(file.problems().get(6).where()).isEqualTo("good.txt");
        assertThat(file.problems().get(6).message()).contains("twice");
    }

    @Test
    void stopsAtAnEntryThatUnpacksBeyondTheLimit() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("good.txt", bytes(BIKE));
        entries.put("bomb.txt", new byte[200_000_000]);
        entries.put("late.txt", bytes(VAN));
        byte[] zip = zip(entries);
        assertThat(zip.length).isLessThan(1_000_000);

        KeyFile file = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> KeyFiles.read("x.zip", zip));
        assertThat(file.trackers()).extracting(NamedKeys::name).containsExactly("good");
        assertThat(file.problems()).extracting(KeyFileProblem::where).contains("bomb.txt");
    }

    @Test
    void stopsAtTooManyEntries() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        for (int i = 0; i < 10_005; i++) {
            entries.put("d" + i + "/", new byte[0]);
        }
        KeyFile file = KeyFiles.read("x.zip", zip(entries));
        assertThat(file.problems()).hasSize(1);
        assertThat(file.problems().get(0).message()).contains("10000 entries");
    }

    @Test
    void readsNoZipWithinAZip() throws IOException {
        byte[] inner = zip(Map.of("a.txt", bytes(BIKE)));
        KeyFile file = KeyFiles.read("x.zip", zip(Map.of("inner.zip", inner)));
        assertThat(file.trackers()).isEmpty();
        assertThat(file.problems().get(0).message()).contains("zip within a zip");
    }

    @Test
    void saysThatAZipIsLocked() throws IOException {
        byte[] zip = zip(Map.of("a.txt", bytes(BIKE)));
        // Bit 0 of the flags of the first entry: encrypted, by whatever method.
        zip[6] |= 1;
        KeyFile file = KeyFiles.read("x.zip", zip);
        assertThat(file.trackers()).isEmpty();
        assertThat(file.problems().get(0).message()).contains("locked with a password");
    }

    @Test
    void usesWhatComesBeforeTheDamage() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("good.txt", bytes(BIKE));
        entries.put("late.txt", bytes(VAN));
        byte[] zip = zip(entries);
        int second = new String(zip, StandardCharsets.ISO_8859_1).indexOf("late.txt");
        for (int end : new int[] {second - 30, second + 4, second + 20}) {
            KeyFile file = KeyFiles.read("x.zip", Arrays.copyOf(zip, end));
            assertThat(file.trackers())
                    .as("cut at %d", end)
                    .extracting(NamedKeys::name)
                    .containsExactly("good");
            assertThat(file.problems()).as("cut at %d", end).hasSize(1);
        }
    }

    @Test
    void saysThatAZipHoldsNothing() throws IOException {
        for (byte[] zip : new byte[][] {zip(Map.of()), zip(Map.of("OPENTAGVIEWER.yml", bytes("version: 1")))}) {
            KeyFile file = KeyFiles.read("x.zip", zip);
            assertThat(file.format()).isEqualTo(KeyFileFormat.ZIP);
            assertThat(file.problems()).hasSize(1);
            assertThat(file.problems().get(0).message()).contains("no key file");
        }
    }

    static byte[] zip(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

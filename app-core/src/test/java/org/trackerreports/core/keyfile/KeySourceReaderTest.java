package org.trackerreports.core.keyfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trackerreports.findmy.key.PrivateTrackerKey;
import org.trackerreports.findmy.key.StaticKeys;
import org.trackerreports.findmy.keyfile.KeyFileProblem;
import org.trackerreports.findmy.keyfile.KeyFiles;

/** Files on a disk and files in memory are read in the same way. */
class KeySourceReaderTest {

    private final PrivateTrackerKey key = PrivateTrackerKey.generate(new SecureRandom());

    @TempDir
    Path directory;

    private Map<String, byte[]> files() {
        String csv = "name;private_keys;label:client\nBike;"
                + Base64.getEncoder().encodeToString(key.secretBytes()) + ";Käthe\nBoat;none;acme\n";
        return Map.of(
                "tag.keys", KeyFiles.writeKeysText(new StaticKeys(List.of(key))).getBytes(StandardCharsets.UTF_8),
                "fleet.CSV", csv.getBytes(StandardCharsets.ISO_8859_1),
                "photo.jpg", new byte[] {1, 2, 3});
    }

    private static List<String> read(Stream<KeySource> sources) {
        List<String> told = new ArrayList<>();
        KeySourceReader.read(sources.toList(), List.of(), new KeySourceReader.Listener() {
            @Override
            public void file(String name, String format) {
                told.add(last(name) + " is " + format);
            }

            @Override
            public void tracker(String file, LabelledKeys tracker) {
                told.add(last(file) + ": " + tracker.named().name() + " " + tracker.labels());
            }

            @Override
            public void problem(String file, KeyFileProblem problem) {
                told.add(last(file) + ": " + problem.where());
            }
        });
        return told;
    }

    private static String last(String path) {
        return String.valueOf(Path.of(path).getFileName());
    }

    @Test
    void filesInMemoryAreReadAsThoseOnADisk() throws IOException {
        List<KeySource> onDisk = new ArrayList<>();
        List<KeySource> inMemory = new ArrayList<>();
        for (Map.Entry<String, byte[]> file : files().entrySet()) {
            onDisk.add(KeySource.of(Files.write(directory.resolve(file.getKey()), file.getValue())));
            inMemory.add(KeySource.of(file.getKey(), file.getValue()));
        }
        List<String> told = read(inMemory.stream());
        assertThat(told)
                .containsExactlyInAnyOrder(
                        "tag.keys is .keys text",
                        "tag.keys: tag {}",
                        "fleet.CSV is CSV",
                        "fleet.CSV: Bike {client=Käthe}",
                        "fleet.CSV: line 3 (Boat)",
                        "photo.jpg is unknown",
                        "photo.jpg: file");
        assertThat(read(onDisk.stream())).isEqualTo(told);
    }

    @Test
    void whatCannotBeReadIsTold() {
        assertThat(read(Stream.of(KeySource.of(directory), KeySource.of(directory.resolve("missing.keys")))))
                .containsExactly(
                        last(directory.toString()) + " is unreadable",
                        last(directory.toString()) + ": the file",
                        "missing.keys is unreadable",
                        "missing.keys: the file");
    }
}

package org.trackerreports.systemtests.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The libraries are those whose checksums are in the sources, whichever Maven fetched them and from wherever. */
class DependenciesTest {

    private static final Path TRUSTED = Path.of("../.mvn/checksums/checksums.sha256");
    private static final String OWN = "/org/trackerreports/";

    @Test
    void everyLibraryHasTheChecksumInTheSources() throws Exception {
        Map<String, String> trusted = checksums();
        Map<String, Path> jars = jars();
        assertThat(jars).hasSizeGreaterThan(30);
        assertThat(trusted.keySet())
                .as("record the checksums of new versions as CONTRIBUTING.md says")
                .containsAll(jars.keySet());
        for (Map.Entry<String, Path> jar : jars.entrySet()) {
            assertThat(sha256(jar.getValue())).as(jar.getKey()).isEqualTo(trusted.get(jar.getKey()));
        }
    }

    private static Map<String, String> checksums() throws IOException {
        return Files.readAllLines(TRUSTED).stream()
                .map(line -> line.split(" +", 2))
                .collect(Collectors.toMap(
                        fields -> Path.of(fields[1]).getFileName().toString(), fields -> fields[0]));
    }

    /** The libraries on the class path of these tests. Binaries for other systems than the recorded one are left out. */
    private static Map<String, Path> jars() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry ->
                        entry.endsWith(".jar") && !entry.replace('\\', '/').contains(OWN))
                .map(Path::of)
                .filter(jar -> !jar.startsWith(Path.of("..").toAbsolutePath().normalize()))
                .filter(jar -> !jar.getFileName().toString().matches(".*-(darwin|windows|linux)-.*"))
                .collect(Collectors.toMap(
                        jar -> jar.getFileName().toString(), Function.identity(), (one, other) -> one));
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }
}

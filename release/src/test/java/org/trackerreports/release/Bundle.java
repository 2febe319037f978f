package org.trackerreports.release;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The files of the bundle by their paths, which are those of a Maven repository. */
final class Bundle {

    private static final String GROUP = "org/trackerreports/";

    private final Map<String, byte[]> files;

    private Bundle(Map<String, byte[]> files) {
        this.files = files;
    }

    /** The one that this build made. */
    static Bundle made() {
        try {
            return new Bundle(unzip(Files.readAllBytes(Path.of(System.getProperty("bundle")))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Map<String, byte[]> files() {
        return files;
    }

    /** The files of one artifact by the ends of their names, such as {@code .pom} and {@code -sources.jar.md5}. */
    Map<String, byte[]> filesOf(String artifact, String version) {
        String prefix = GROUP + artifact + "/" + version + "/" + artifact + "-" + version;
        return files.entrySet().stream()
                .filter(file -> file.getKey().startsWith(prefix))
                .collect(Collectors.toMap(
                        file -> file.getKey().substring(prefix.length()),
                        Map.Entry::getValue,
                        (one, other) -> one,
                        TreeMap::new));
    }

    static Map<String, byte[]> unzip(byte[] zip) {
        Map<String, byte[]> entries = new TreeMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (!entry.isDirectory()) {
                    entries.put(entry.getName(), in.readAllBytes());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return entries;
    }
}

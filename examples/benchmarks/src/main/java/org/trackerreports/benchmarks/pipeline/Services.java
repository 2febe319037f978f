package org.trackerreports.benchmarks.pipeline;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.trackerreports.benchmarks.JavaProcess;

/** The process of {@link ServicesMain}. */
public final class Services implements AutoCloseable {

    private final Process process;
    private final Path directory;
    private final Map<String, String> values = new LinkedHashMap<>();

    /**
     * Starts it and waits until it is ready.
     *
     * @param reports how many are given of each tag
     * @param forPeers of how many tags the peers get the keys
     */
    public Services(Path directory, int tags, int reports, int accounts, int forPeers) throws IOException {
        this.directory = directory;
        process = JavaProcess.of(
                        List.of("-Xmx3g", "-XX:+UseSerialGC"),
                        ServicesMain.class.getName(),
                        directory.toString(),
                        Integer.toString(tags),
                        Integer.toString(reports),
                        Integer.toString(accounts),
                        Integer.toString(forPeers))
                .redirectError(directory.resolve("services.log").toFile())
                .start();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); !"".equals(line); line = lines.readLine()) {
            if (line == null) {
                throw new IOException("the simulated services ended; see " + directory.resolve("services.log"));
            }
            values.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
        }
    }

    /** A value that a client needs. */
    String value(String name) {
        return Objects.requireNonNull(values.get(name), name);
    }

    /** The environment variables that the programs need. */
    Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>(values);
        options.remove("SESSION");
        return options;
    }

    /** The files that the tools import. */
    List<String> keyFiles() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith("trackers-"))
                    .sorted()
                    .map(Path::toString)
                    .toList();
        }
    }

    /** The private keys that the peers use, one in base64 on each line. */
    Path peerKeys() {
        return directory.resolve("peer-keys");
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        process.onExit().join();
    }
}

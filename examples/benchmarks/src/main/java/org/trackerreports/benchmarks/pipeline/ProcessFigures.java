package org.trackerreports.benchmarks.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.trackerreports.benchmarks.LocalServers;

/**
 * What processes took so far.
 *
 * @param processorTime of the daemon and its servers together
 * @param residentBytes of the daemon; 0 where the operating system does not tell
 */
record ProcessFigures(Duration processorTime, long residentBytes) {

    static ProcessFigures of(ProcessHandle daemon, LocalServers servers) throws IOException {
        Duration time = Stream.concat(Stream.of(daemon), servers.processes())
                .map(process -> process.info().totalCpuDuration())
                .flatMap(Optional::stream)
                .reduce(Duration.ZERO, Duration::plus);
        return new ProcessFigures(time, residentBytes(daemon.pid()));
    }

    private static long residentBytes(long pid) throws IOException {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1_024)
                .findFirst()
                .orElse(0);
    }
}

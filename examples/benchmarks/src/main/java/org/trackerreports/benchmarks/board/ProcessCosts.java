package org.trackerreports.benchmarks.board;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What processes cost together, as Linux counts it in {@code /proc}.
 *
 * @param memoryBytes resident memory; what several processes share counts once
 * @param processorTime of all that are alive
 */
record ProcessCosts(long memoryBytes, Duration processorTime) {

    private static final ProcessCosts NONE = new ProcessCosts(0, Duration.ZERO);

    static ProcessCosts of(List<ProcessHandle> processes) throws IOException {
        ProcessCosts sum = NONE;
        for (ProcessHandle process : processes) {
            Path directory = Path.of("/proc", Long.toString(process.pid()));
            try {
                sum = sum.plus(new ProcessCosts(
                        number(directory.resolve("smaps_rollup"), "Pss:") * 1_024,
                        process.info().totalCpuDuration().orElse(Duration.ZERO)));
            } catch (NoSuchFileException e) {
                // It has ended meanwhile, as PostgreSQL's helpers do.
            }
        }
        return sum;
    }

    private static long number(Path file, String name) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }

    private ProcessCosts plus(ProcessCosts other) {
        return new ProcessCosts(memoryBytes + other.memoryBytes, processorTime.plus(other.processorTime));
    }
}

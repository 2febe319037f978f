package org.trackerreports.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

/** Describes the machine that runs the benchmarks. */
final class Machine {

    private Machine() {}

    /** Lines for the head of a table. */
    static List<String> describe(Instant when, String command) {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return List.of(
                "`" + command.strip() + "`, " + when.truncatedTo(ChronoUnit.MINUTES),
                processor() + ", " + system.getAvailableProcessors() + " processors, "
                        + (system.getTotalMemorySize() >> 30) + " GB of memory, " + system.getName() + " "
                        + system.getVersion(),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
                "Each figure is the median of the rounds, with the smallest and the largest; a ratio is taken round by"
                        + " round.");
    }

    private static String processor() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }
}

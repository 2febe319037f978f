package org.trackerreports.benchmarks.board;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** A control group of Linux whose processes together get a part of one core. Needs root. */
final class SlowCores implements AutoCloseable {

    private static final Path ROOT = Path.of("/sys/fs/cgroup");
    private static final int PERIOD_MICROS = 100_000;
    private static final Duration MOMENT = Duration.ofMillis(100);

    private final Path group;

    private SlowCores(Path group) {
        this.group = group;
    }

    /**
     * Makes such a group.
     *
     * @param cores 0.1 for a tenth of a core
     * @return empty if this machine does not let us
     */
    static Optional<SlowCores> of(double cores) throws IOException {
        String quota = Integer.toString((int) (cores * PERIOD_MICROS));
        String name = "findmy-bench-" + ProcessHandle.current().pid();
        Path old = ROOT.resolve("cpu");
        Path group = (Files.isDirectory(old) ? old : ROOT).resolve(name);
        try {
            Files.createDirectory(group);
            if (Files.isDirectory(old)) {
                Files.writeString(group.resolve("cpu.cfs_period_us"), Integer.toString(PERIOD_MICROS));
                Files.writeString(group.resolve("cpu.cfs_quota_us"), quota);
            } else {
                Files.writeString(group.resolve("cpu.max"), quota + " " + PERIOD_MICROS);
            }
            return Optional.of(new SlowCores(group));
        } catch (IOException e) {
            Files.deleteIfExists(group);
            return Optional.empty();
        }
    }

    /** A command that runs in the group. */
    List<String> slowed(List<String> command) {
        List<String> slowed = new ArrayList<>(List.of(
                "sh",
                "-c",
                "echo $$ > \"$0\" && exec \"$@\"",
                group.resolve("cgroup.procs").toString()));
        slowed.addAll(command);
        return slowed;
    }

    @Override
    public void close() throws IOException {
        // The processes have ended; the kernel may need a moment to notice.
        for (int attempt = 0; attempt < 50 && Files.exists(group); attempt++) {
            try {
                Files.delete(group);
            } catch (IOException e) {
                LockSupport.parkNanos(MOMENT.toNanos());
            }
        }
    }
}

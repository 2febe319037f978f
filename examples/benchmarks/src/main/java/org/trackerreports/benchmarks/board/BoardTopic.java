package org.trackerreports.benchmarks.board;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.trackerreports.benchmarks.Comparison;
import org.trackerreports.benchmarks.DaemonProcess;
import org.trackerreports.benchmarks.FreePort;
import org.trackerreports.benchmarks.Launcher;
import org.trackerreports.benchmarks.LocalServers;
import org.trackerreports.benchmarks.Series;
import org.trackerreports.benchmarks.Setting;
import org.trackerreports.benchmarks.Topic;
import org.trackerreports.benchmarks.Turns;
import org.trackerreports.benchmarks.pipeline.Installation;
import org.trackerreports.benchmarks.pipeline.Services;

/**
 * What a hobbyist's small machine bears: the daemon with all its roles, default options, embedded servers and five trackers. Measured on
 * Linux only.
 */
public final class BoardTopic implements Topic {

    private static final int TRACKERS = 5;
    private static final double TENTH = 0.1;
    /** The first request, the first refresh of the history and the compilers' work are not what an idle hour costs. */
    private static final Duration WARM_UP = Duration.ofMinutes(5);

    private static final Duration QUICK_WARM_UP = Duration.ofMinutes(1);

    /** Each tracker is asked for once. */
    private static final Duration IDLE = Duration.ofMinutes(30);

    private static final Duration QUICK_IDLE = Duration.ofMinutes(2);

    private static final double MOST_MEGABYTES = 350;
    private static final double MOST_PERCENT = 1;
    private static final double MOST_MEGABYTES_WRITTEN = 50;
    private static final double MOST_SECONDS = 6;
    private static final double MOST_SECONDS_SLOW = 30;

    @Override
    public void measure(Setting setting, Consumer<Comparison> results) throws Exception {
        if (Launcher.home().isEmpty() || !Files.exists(Path.of("/proc/self/smaps_rollup"))) {
            setting.tell("  left out: it needs ./findmy bench and Linux");
            return;
        }
        String launcher = Launcher.home().get().resolve("findmy").toString();
        Path directory = setting.newDirectory("board");
        try (Services services = new Services(directory, TRACKERS, 1, 1, 0)) {
            Map<String, String> environment = new HashMap<>();
            Path data;
            try (LocalServers servers = LocalServers.start(setting)) {
                environment.putAll(new Installation(servers, services, directory, 1).environmentWithUsualIntervals());
                environment.keySet().removeAll(servers.options().keySet());
                data = servers.directory();
            }
            environment.put("DATA_DIR", data.toString());
            environment.put("HTTP_PORT", "off");
            starts(setting, results, List.of(launcher, "fetcher"), environment);
            idle(setting, results, List.of(launcher, "fetcher"), environment, data);
        }
    }

    private static void starts(
            Setting setting, Consumer<Comparison> results, List<String> command, Map<String, String> environment)
            throws Exception {
        // The first start fills the launcher's cache.
        firstPage(command, environment);
        start(setting, results, "", command, environment, MOST_SECONDS);
        Optional<SlowCores> slow = SlowCores.of(TENTH);
        if (slow.isEmpty()) {
            setting.tell("  left out: the start at a tenth of a core, because this user cannot make control groups");
            return;
        }
        try (SlowCores tenth = slow.get()) {
            start(setting, results, ", at a tenth of a core", tenth.slowed(command), environment, MOST_SECONDS_SLOW);
        }
    }

    private static void start(
            Setting setting,
            Consumer<Comparison> results,
            String where,
            List<String> command,
            Map<String, String> environment,
            double goal)
            throws Exception {
        Series series = new Turns()
                .with("first page" + where, () -> firstPage(command, environment))
                .measure(setting)
                .get(0);
        results.accept(Comparison.withGoal(
                "start of everything until the first page" + where, "s", Comparison.Kind.COST, series, goal));
    }

    private static double firstPage(List<String> command, Map<String, String> environment) throws Exception {
        int port = FreePort.find();
        try (DaemonProcess daemon = daemon(command, environment, port)) {
            return daemon.awaitAnswer(port, "/");
        }
    }

    private static DaemonProcess daemon(List<String> command, Map<String, String> environment, int port)
            throws IOException {
        Map<String, String> own = new HashMap<>(environment);
        own.put("WEB_PORT", Integer.toString(port));
        return DaemonProcess.by(command, own);
    }

    private static void idle(
            Setting setting,
            Consumer<Comparison> results,
            List<String> command,
            Map<String, String> environment,
            Path data)
            throws Exception {
        int port = FreePort.find();
        int databasePort = FreePort.find();
        environment.put("EMBEDDED_DB_PORT", Integer.toString(databasePort));
        DiskWrites disk = new DiskWrites(data, databasePort);
        try (DaemonProcess daemon = daemon(command, environment, port)) {
            daemon.awaitAnswer(port, "/");
            boolean quick = setting.effort().rounds() == 1;
            LockSupport.parkNanos((quick ? QUICK_WARM_UP : WARM_UP).toNanos());
            Duration idle = quick ? QUICK_IDLE : IDLE;
            setting.tell("  idle for " + idle.toMinutes() + " min");
            long writtenBefore = disk.bytes();
            ProcessCosts before = ProcessCosts.of(processes(daemon, data));
            long began = System.nanoTime();
            LockSupport.parkNanos(idle.toNanos());
            ProcessCosts after = ProcessCosts.of(processes(daemon, data));
            double seconds = (System.nanoTime() - began) / 1e9;
            results.accept(goal(
                    "memory of the daemon, PostgreSQL and Redis together",
                    "MB",
                    after.memoryBytes() / 1e6,
                    MOST_MEGABYTES));
            double busy = after.processorTime().minus(before.processorTime()).toMillis() / 1e3;
            results.accept(goal("processor time when idle", "% of a core", 100 * busy / seconds, MOST_PERCENT));
            double written = (disk.bytes() - writtenBefore) * Duration.ofDays(1).toSeconds() / seconds;
            // None is in this time, as few are made in a day. This one writes what changed since the start.
            double byCheckpoints = disk.checkpoint() * disk.checkpointsInADay();
            results.accept(goal(
                    "written to the disk in a day, from what is written when idle",
                    "MB",
                    (written + byCheckpoints) / 1e6,
                    MOST_MEGABYTES_WRITTEN));
        }
    }

    private static Comparison goal(String what, String unit, double value, double goal) {
        return Comparison.withGoal(
                what + ", " + TRACKERS + " trackers", unit, Comparison.Kind.COST, new Series("measured", value), goal);
    }

    /** The daemon, PostgreSQL with its helpers, and Redis. */
    private static List<ProcessHandle> processes(DaemonProcess daemon, Path data) throws IOException {
        List<ProcessHandle> processes = new ArrayList<>(List.of(daemon.handle()));
        try (Stream<ProcessHandle> servers = LocalServers.processes(data)) {
            servers.forEach(processes::add);
        }
        return processes;
    }
}

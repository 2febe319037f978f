package org.trackerreports.benchmarks.board;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
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
import org.trackerreports.benchmarks.LocalServers;
import org.trackerreports.benchmarks.Series;
import org.trackerreports.benchmarks.Setting;
import org.trackerreports.benchmarks.Topic;
import org.trackerreports.benchmarks.pipeline.Installation;
import org.trackerreports.benchmarks.pipeline.Services;

/**
 * What a hobbyist's small machine bears: the daemon with all its roles, default options, embedded servers and five trackers. Measured on
 * Linux only.
 */
public final class BoardTopic implements Topic {

    /** System property that the launcher sets to its own directory. */
    private static final String HOME = "findmy.home";

    private static final int TRACKERS = 5;
    private static final double TENTH = 0.1;
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    /** The first request, the first refresh of the history and the compilers' work are not what an idle hour costs. */
    private static final Duration WARM_UP = Duration.ofMinutes(1);

    /** PostgreSQL writes its changed pages every half hour. */
    private static final Duration IDLE = Duration.ofMinutes(30);

    private static final Duration QUICK_IDLE = Duration.ofMinutes(2);

    private static final double MOST_MEGABYTES = 350;
    private static final double MOST_PERCENT = 1;
    private static final double MOST_MEGABYTES_WRITTEN = 50;
    private static final double MOST_SECONDS = 6;
    private static final double MOST_SECONDS_SLOW = 30;

    @Override
    public void measure(Setting setting, Consumer<Comparison> results) throws Exception {
        if (System.getProperty(HOME) == null || !Files.exists(Path.of("/proc/self/smaps_rollup"))) {
            setting.tell("  left out: it needs ./findmy bench and Linux");
            return;
        }
        String launcher = Path.of(System.getProperty(HOME), "findmy").toString();
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
        double[] seconds = new double[setting.effort().rounds()];
        for (int round = 0; round < seconds.length; round++) {
            seconds[round] = firstPage(command, environment);
        }
        start(setting, results, "", seconds, MOST_SECONDS);
        Optional<SlowCores> slow = SlowCores.of(TENTH);
        if (slow.isEmpty()) {
            setting.tell("  left out: the start at a tenth of a core, because this user cannot make control groups");
            return;
        }
        try (SlowCores tenth = slow.get()) {
            for (int round = 0; round < seconds.length; round++) {
                seconds[round] = firstPage(tenth.slowed(command), environment);
            }
        }
        start(setting, results, ", at a tenth of a core", seconds.clone(), MOST_SECONDS_SLOW);
    }

    private static void start(
            Setting setting, Consumer<Comparison> results, String where, double[] seconds, double goal) {
        Series series = new Series("start", seconds.clone());
        setting.tell("  first page" + where + ": " + series.median() + " s");
        results.accept(new Comparison(
                "start of everything until the first page" + where,
                "s",
                Comparison.Kind.COST,
                series,
                new Series("goal", goal)));
    }

    private static double firstPage(List<String> command, Map<String, String> environment) throws Exception {
        int port = freePort();
        long began = System.nanoTime();
        Process daemon = start(command, environment, port);
        try {
            awaitPage(daemon, port);
            return (System.nanoTime() - began) / 1e9;
        } finally {
            end(daemon);
        }
    }

    private static void idle(
            Setting setting,
            Consumer<Comparison> results,
            List<String> command,
            Map<String, String> environment,
            Path data)
            throws Exception {
        int port = freePort();
        int databasePort = freePort();
        environment.put("EMBEDDED_DB_PORT", Integer.toString(databasePort));
        DiskWrites disk = new DiskWrites(data, databasePort);
        Process daemon = start(command, environment, port);
        try {
            awaitPage(daemon, port);
            LockSupport.parkNanos(WARM_UP.toNanos());
            Duration idle = setting.effort().rounds() == 1 ? QUICK_IDLE : IDLE;
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
            double written = (disk.bytes() - writtenBefore) / 1e6;
            results.accept(goal(
                    "written to the disk in a day, from what is written when idle",
                    "MB",
                    written * Duration.ofDays(1).toSeconds() / seconds,
                    MOST_MEGABYTES_WRITTEN));
        } finally {
            end(daemon);
        }
    }

    private static Comparison goal(String what, String unit, double value, double goal) {
        return new Comparison(
                what + ", " + TRACKERS + " trackers",
                unit,
                Comparison.Kind.COST,
                new Series("measured", value),
                new Series("goal", goal));
    }

    /** The daemon, PostgreSQL with its helpers, and Redis. */
    private static List<ProcessHandle> processes(Process daemon, Path data) throws IOException {
        List<ProcessHandle> processes = new ArrayList<>(List.of(daemon.toHandle()));
        try (Stream<ProcessHandle> servers = LocalServers.processes(data)) {
            servers.forEach(processes::add);
        }
        return processes;
    }

    private static Process start(List<String> command, Map<String, String> environment, int port) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        builder.environment().put("WEB_PORT", Integer.toString(port));
        return builder.start();
    }

    private static void awaitPage(Process daemon, int port) throws InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest page = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                .timeout(PATIENCE)
                .build();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                if (client.send(page, BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                // It does not listen yet.
            }
            if (!daemon.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException("the daemon shows no page");
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    private static void end(Process daemon) {
        daemon.destroy();
        daemon.onExit().join();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}

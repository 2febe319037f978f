package org.trackerreports.benchmarks.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.redisson.api.RedissonClient;
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
import org.trackerreports.queue.QueueSettings;
import org.trackerreports.queue.RedisClients;
import org.trackerreports.queue.TrackerQueue;

/** How soon programs have started: by the launcher, which keeps an archive of loaded classes, and by java alone. */
public final class StartTopic implements Topic {

    private static final int TRACKERS = 10;
    private static final String LAUNCHER = "launcher, archive of classes";
    private static final String JAVA = "java -jar";

    @Override
    public void measure(Setting setting, Consumer<Comparison> results) throws Exception {
        if (Launcher.home().isEmpty()) {
            setting.tell("  left out: it is the launcher that is measured, so start this by ./findmy bench");
            return;
        }
        Path home = Launcher.home().get();
        Path directory = setting.newDirectory("start");
        try (LocalServers servers = LocalServers.start(setting);
                Services services = new Services(directory, TRACKERS, 1, 1, 0)) {
            Installation installation = new Installation(servers, services, directory, 1);
            Map<String, String> environment = installation.environment();
            List<String> tools = List.of(home.resolve("findmy").toString(), "tools");
            List<String> toolsJar = jar(home, "tools-app");
            for (String[] command : new String[][] {{"--help"}, {"latest"}}) {
                // Run once before measuring, so that the launcher has filled its cache.
                seconds(tools, command, environment);
                LockSupport.parkNanos(Duration.ofSeconds(10).toNanos());
                compare(
                        setting,
                        results,
                        "tools " + command[0] + (command[0].startsWith("-") ? "" : ", on running servers"),
                        () -> seconds(tools, command, environment),
                        () -> seconds(toolsJar, command, environment));
            }
            List<String> fetcher = List.of(home.resolve("findmy").toString(), "fetcher");
            List<String> fetcherJar = jar(home, "fetcher-app");
            RedissonClient redisson = RedisClients.connect(servers.redisUrl());
            try {
                TrackerQueue queue = new TrackerQueue(redisson, QueueSettings.defaults("trackerreports"));
                firstClaim(fetcher, installation, queue);
                compare(
                        setting,
                        results,
                        "daemon, until its first claim, on running servers",
                        () -> firstClaim(fetcher, installation, queue),
                        () -> firstClaim(fetcherJar, installation, queue));
            } finally {
                redisson.shutdown();
            }
            firstPages(setting, results, fetcher, installation);
        }
    }

    /** What a page that is there from the start costs at the start. */
    private static void firstPages(
            Setting setting, Consumer<Comparison> results, List<String> fetcher, Installation installation)
            throws Exception {
        Turns.Sample page = () -> firstAnswer(fetcher, installation, "fetch,move,serve,deliver", "WEB_PORT", "/");
        Turns.Sample status = () -> firstAnswer(fetcher, installation, "fetch,move", "HTTP_PORT", "/status");
        page.measure();
        List<Series> series = new Turns()
                .with("all roles, the map", page)
                .with("fetch and move alone, /status", status)
                .measure(setting);
        results.accept(new Comparison(
                "daemon, until it answers its first page, on running servers",
                "s",
                Comparison.Kind.TIME,
                series.get(0),
                series.get(1)));
    }

    private static void compare(
            Setting setting, Consumer<Comparison> results, String what, Turns.Sample launcher, Turns.Sample java)
            throws Exception {
        List<Series> series =
                new Turns().with(LAUNCHER, launcher).with(JAVA, java).measure(setting);
        results.accept(new Comparison(what, "s", Comparison.Kind.TIME, series.get(0), series.get(1)));
    }

    private static List<String> jar(Path home, String module) throws IOException {
        try (Stream<Path> files = Files.list(home.resolve(module).resolve("target"))) {
            Path jar = files.filter(file -> file.getFileName().toString().endsWith("-app.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("the jar of " + module + " is missing"));
            return List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", jar.toString());
        }
    }

    private static ProcessBuilder process(List<String> program, String[] arguments, Map<String, String> environment) {
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        return builder;
    }

    /** From the start of a command to its end. */
    private static double seconds(List<String> program, String[] arguments, Map<String, String> environment)
            throws IOException, InterruptedException {
        long began = System.nanoTime();
        process(program, arguments, environment).start().waitFor();
        return (System.nanoTime() - began) / 1e9;
    }

    /** From the start of a daemon until it has claimed a tracker; ends it again. */
    private static double firstClaim(List<String> program, Installation installation, TrackerQueue queue)
            throws IOException {
        if (queue.statistics().ids() > 0) {
            installation.requeue();
        }
        long before = claimed(queue);
        Map<String, String> environment = new HashMap<>(installation.environment());
        environment.put("HTTP_PORT", "off");
        environment.put("WEB_PORT", "off");
        try (DaemonProcess daemon = DaemonProcess.by(program, environment)) {
            while (claimed(queue) == before) {
                daemon.lookAgain();
            }
            return daemon.seconds();
        }
    }

    /** From the start of a daemon until it answers an address; ends it again. */
    private static double firstAnswer(
            List<String> program, Installation installation, String roles, String portOption, String path)
            throws IOException, InterruptedException {
        int port = FreePort.find();
        Map<String, String> environment = new HashMap<>(installation.environment());
        environment.putAll(Map.of("ROLES", roles, "HTTP_PORT", "0", "WEB_PORT", "0"));
        environment.put(portOption, Integer.toString(port));
        try (DaemonProcess daemon = DaemonProcess.by(program, environment)) {
            return daemon.awaitAnswer(port, path);
        }
    }

    private static long claimed(TrackerQueue queue) {
        return queue.statistics().counters().getOrDefault("claimed", 0L);
    }
}

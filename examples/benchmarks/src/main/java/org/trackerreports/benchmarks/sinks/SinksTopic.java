package org.trackerreports.benchmarks.sinks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.trackerreports.benchmarks.Comparison;
import org.trackerreports.benchmarks.LocalServers;
import org.trackerreports.benchmarks.Series;
import org.trackerreports.benchmarks.Setting;
import org.trackerreports.benchmarks.Topic;
import org.trackerreports.benchmarks.Turns;
import org.trackerreports.benchmarks.sinks.Neighbour.Manner;
import org.trackerreports.core.sink.SinkFiles;
import org.trackerreports.fetcher.deliver.DeliverSettings;
import org.trackerreports.fetcher.deliver.SinkThread;

/**
 * Events from the feed to webhooks on this machine: how many in a second, in how much memory, and how late they are beside receivers that hang,
 * fail or are gone.
 */
public final class SinksTopic implements Topic {

    private static final String SINK = "benchmark";
    private static final double EVENTS_PER_SECOND = 5_000;
    private static final int IN_A_REQUEST = 100;

    /** As the daemon does. */
    private static final DeliverSettings SETTINGS = new DeliverSettings(
            "benchmark", Duration.ofSeconds(30), 1_000, false, Duration.ofDays(8), Duration.ofDays(7));

    /** So that a run takes seconds. */
    private static final int MOST_MEASURED = 100_000;

    /** Beside any others. */
    private static final double MOST_MILLIS_LATE = 2_000;

    /** Of the time of a measurement: until a request that hangs has been given up, and others were tried again. */
    private static final int LONGER = 4;

    private static final int SLOWER = 20;
    private static final int SMALLER = 100;

    @Override
    public void measure(Setting setting, Consumer<Comparison> results) throws Exception {
        Path directory = setting.newDirectory("sinks");
        Path secret = Files.writeString(
                directory.resolve("secret"), "whsec_" + Base64.getEncoder().encodeToString(new byte[32]));
        try (LocalServers servers = LocalServers.start(setting);
                Backlog backlog = Backlog.of(setting.effort().manyIds(), servers.databaseUrl(), setting)) {
            SinkFiles files = new SinkFiles(directory, Optional.empty());
            int measured = Math.min(MOST_MEASURED, backlog.size());
            List<Series> speeds = new Turns()
                    .with("100 in a request", () -> perSecond(backlog, files, secret, IN_A_REQUEST, measured))
                    .with("one in a request", () -> perSecond(backlog, files, secret, 1, measured / SLOWER))
                    .measure(setting);
            String what = "events to a signed webhook on this machine, 100 in a request";
            results.accept(new Comparison(what, "events/s", Comparison.Kind.RATE, speeds.get(0), speeds.get(1)));
            results.accept(
                    Comparison.withGoal(what, "events/s", Comparison.Kind.RATE, speeds.get(0), EVENTS_PER_SECOND));

            int small = Math.max(IN_A_REQUEST, backlog.size() / SMALLER);
            List<Series> memory = new Turns()
                    .with(text(small), () -> megabytes(backlog, files, secret, small))
                    .with(text(backlog.size()), () -> megabytes(backlog, files, secret, backlog.size()))
                    .measure(setting);
            results.accept(new Comparison(
                    "heap in use when half of the backlog is delivered, " + text(backlog.size()),
                    "MB",
                    Comparison.Kind.COST,
                    memory.get(1),
                    memory.get(0)));
            lateness(setting, servers, backlog, results);
        }
    }

    private static void lateness(Setting setting, LocalServers servers, Backlog backlog, Consumer<Comparison> results)
            throws Exception {
        Set<Manner> all = EnumSet.allOf(Manner.class);
        List<Series> late = new Turns()
                .with("beside others", () -> latestMillis(all, setting, servers, backlog))
                .with("alone", () -> latestMillis(EnumSet.of(Manner.TAKES), setting, servers, backlog))
                .measure(setting);
        String what =
                "from the commit of a report to a webhook, the latest of all, beside five receivers: one hangs, one answers"
                        + " 500, one 429, one ends early, one is gone";
        results.accept(new Comparison(what, "ms", Comparison.Kind.COST, late.get(0), late.get(1)));
        results.accept(Comparison.withGoal(what, "ms", Comparison.Kind.COST, late.get(0), MOST_MILLIS_LATE));
    }

    private static double latestMillis(Set<Manner> manners, Setting setting, LocalServers servers, Backlog backlog)
            throws Exception {
        try (Neighbourhood neighbourhood = Neighbourhood.of(manners, servers, backlog.store(), setting)) {
            return neighbourhood.latestMillis(setting.effort().measured().multipliedBy(LONGER));
        }
    }

    private static String text(int events) {
        return String.format(Locale.ROOT, "backlog of %,d events", events);
    }

    private static double perSecond(Backlog backlog, SinkFiles files, Path secret, int inARequest, int events)
            throws Exception {
        try (CountingReceiver receiver = new CountingReceiver(events)) {
            SinkThread thread = thread(backlog, files, receiver, secret, inARequest, backlog.size());
            long began = System.nanoTime();
            thread.start();
            receiver.awaitEvents();
            double seconds = (System.nanoTime() - began) / 1e9;
            end(backlog, thread);
            return events / seconds;
        }
    }

    /** What is alive in this process while the sink is in the middle of its backlog. */
    private static double megabytes(Backlog backlog, SinkFiles files, Path secret, int waiting) throws Exception {
        try (CountingReceiver receiver = new CountingReceiver(waiting / 2)) {
            SinkThread thread = thread(backlog, files, receiver, secret, IN_A_REQUEST, waiting);
            thread.start();
            receiver.awaitEvents();
            System.gc();
            double bytes =
                    Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
            end(backlog, thread);
            return bytes / 1e6;
        }
    }

    private static SinkThread thread(
            Backlog backlog, SinkFiles files, CountingReceiver receiver, Path secret, int inARequest, int waiting)
            throws Exception {
        Map<String, String> lines = new TreeMap<>(Map.of(
                "TYPE", "webhook", "URL", receiver.url(), "SECRET_FILE", secret.toString(), "START", "beginning"));
        if (inARequest > 1) {
            lines.put("BATCH", Integer.toString(inARequest));
        }
        backlog.waitFor(SINK, waiting);
        return new SinkThread(files.parse(SINK, lines), backlog.store(), SETTINGS, Clock.systemUTC(), new Random(1));
    }

    private static void end(Backlog backlog, SinkThread thread) {
        thread.stop();
        thread.join(Duration.ofSeconds(30));
        backlog.store().sinks().remove(SINK);
    }
}

package org.trackerreports.benchmarks.store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.openjdk.jmh.runner.RunnerException;
import org.trackerreports.benchmarks.Comparison;
import org.trackerreports.benchmarks.JmhFork;
import org.trackerreports.benchmarks.LocalServers;
import org.trackerreports.benchmarks.Series;
import org.trackerreports.benchmarks.Setting;
import org.trackerreports.benchmarks.Topic;
import org.trackerreports.benchmarks.Turns;

/** Inserts, compared with the original statement, and queries, compared with plain statements on the table of reports. */
public final class StoreTopic implements Topic {

    private static final double MILLIS = 1_000;
    private static final int NEW_REPORTS = 1_000;
    private static final Duration RECENT = Duration.ofHours(3);

    @Override
    public void measure(Setting setting, Consumer<Comparison> results) throws Exception {
        try (LocalServers servers = LocalServers.start(setting)) {
            String url = setting.database().orElseGet(servers::databaseUrl);
            int reports = setting.effort().storedReports();
            setting.tell("  storing " + String.format("%,d", reports) + " reports and their history");
            String size = String.format(", %,d reports of %,d trackers", reports, StoredWorld.TRACKERS);
            try (StoredWorld world = StoredWorld.at(url)) {
                refresh(setting, world, size, results);
            }
            Map<String, String> properties = servers.announce(Map.of(StoredWorld.DATABASE, url));
            query(setting, properties, "latest position of all trackers" + size, "latestOfAll", results);
            query(setting, properties, "30 days of hours of a tracker" + size, "month", results);
            List<Series> one = new Turns()
                    .with("one tracker", () -> millis(setting, properties, "latestOfOne"))
                    .with("all trackers", () -> millis(setting, properties, "latestOfAll"))
                    .measure(setting);
            results.accept(new Comparison(
                    "latest position of one tracker" + size, "ms", Comparison.Kind.TIME, one.get(0), one.get(1)));
            List<Series> inserts = new Turns()
                    .with("batches", () -> insertsPerSecond(setting, properties, "batch"))
                    .with("the original statement, row by row", () -> insertsPerSecond(setting, properties, "original"))
                    .measure(setting);
            results.accept(new Comparison(
                    "reports stored in batches of 500, one connection",
                    "reports/s",
                    Comparison.Kind.RATE,
                    inserts.get(0),
                    inserts.get(1)));
        }
    }

    private static void refresh(Setting setting, StoredWorld world, String size, Consumer<Comparison> results)
            throws Exception {
        double everything =
                world.fill(setting.effort().storedReports(), Clock.systemUTC().instant());
        Random random = new Random();
        List<Series> series = new Turns()
                .with("after new reports", () -> {
                    Instant now = Clock.systemUTC().instant();
                    world.insert(Stream.generate(() -> world.newReport(random, now, RECENT))
                            .limit(NEW_REPORTS)
                            .toList());
                    return world.refresh();
                })
                .measure(setting);
        results.accept(new Comparison(
                String.format("history brought up to date after %,d new reports", NEW_REPORTS) + size,
                "s",
                Comparison.Kind.TIME,
                series.get(0),
                new Series("made from all reports", everything)));
    }

    private static void query(
            Setting setting, Map<String, String> properties, String what, String method, Consumer<Comparison> results)
            throws Exception {
        List<Series> series = new Turns()
                .with("store", () -> millis(setting, properties, method))
                .with("a statement on the reports", () -> millis(setting, properties, method + "ByStatement"))
                .measure(setting);
        results.accept(new Comparison(what, "ms", Comparison.Kind.TIME, series.get(0), series.get(1)));
    }

    private static double millis(Setting setting, Map<String, String> properties, String method)
            throws RunnerException {
        return MILLIS / JmhFork.perSecond(setting.effort(), QueryBenchmark.class, method, properties);
    }

    private static double insertsPerSecond(Setting setting, Map<String, String> properties, String method)
            throws RunnerException {
        return JmhFork.perSecond(setting.effort(), InsertBenchmark.class, method, properties);
    }
}

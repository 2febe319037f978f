package org.trackerreports.benchmarks.serve;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.trackerreports.benchmarks.Comparison;
import org.trackerreports.benchmarks.JudgingLoop;
import org.trackerreports.benchmarks.LocalServers;
import org.trackerreports.benchmarks.MedianTime;
import org.trackerreports.benchmarks.Series;
import org.trackerreports.benchmarks.Setting;
import org.trackerreports.benchmarks.Topic;
import org.trackerreports.benchmarks.Turns;
import org.trackerreports.benchmarks.latest.Fleet;
import org.trackerreports.server.PositionServer;
import org.trackerreports.server.settings.ServerListener;
import org.trackerreports.server.settings.ServerSettings;
import org.trackerreports.store.ReportStore;

/** The API over HTTP: positions on the map of a fleet, open streams, and how soon they tell of a report. */
public final class ServeTopic implements Topic {

    private static final int STREAMS = 1_000;
    private static final double MOST_MEGABYTES = 100;
    private static final double MOST_MILLIS = 1_000;
    private static final double MOST_MAP_MILLIS = 100;
    private static final int LARGE_WINDOW = 100_000;
    private static final int WINDOW = 1_500;

    @Override
    public void measure(Setting setting, Consumer<Comparison> results) throws Exception {
        int trackers = setting.effort().manyIds();
        try (LocalServers servers = LocalServers.start(setting);
                Fleet fleet = Fleet.of(trackers, servers.databaseUrl(), setting).judged(true);
                PositionServer server = new PositionServer(
                        ReportStore.openWithoutSecrets(fleet.dataSource(), Clock.systemUTC()),
                        ServerSettings.builder()
                                .listenOn("127.0.0.1", 0)
                                .eventStreams(2 * STREAMS)
                                .build(),
                        List.of(),
                        ServerListener.NONE,
                        Clock.systemUTC())) {
            server.start();
            map(setting, results, new Asking(server.port()), trackers);
            streams(setting, results, server.port());
            events(setting, results, fleet, server.port());
        }
    }

    /** Each request asks for a window that nobody has asked for. */
    private static void map(Setting setting, Consumer<Comparison> results, Asking asking, int trackers)
            throws Exception {
        MapWindows windows = new MapWindows();
        // Until the server has read the fleet into its memory.
        MedianTime.millis(setting.effort().warmUp(), () -> asking.positions(windows.world(), ""));
        String tag =
                asking.positions("?zoom=2", "").headers().firstValue("ETag").orElseThrow();
        Map<String, Runnable> requests = new LinkedHashMap<>();
        requests.put("the world in clusters", () -> asking.positions(windows.world(), ""));
        requests.put(
                String.format(Locale.ROOT, "a window with %,d positions, in clusters", LARGE_WINDOW),
                () -> asking.positions(windows.with((double) LARGE_WINDOW / trackers), ""));
        requests.put(
                String.format(Locale.ROOT, "a window with %,d positions, one by one", WINDOW),
                () -> asking.positions(windows.with((double) WINDOW / trackers), ""));
        requests.put("the world, asked for again with its ETag", () -> asking.positions("?zoom=2", tag));
        requests.put(
                "the world for a label that one of 100 has, in clusters",
                () -> asking.positions(windows.world() + "&label=part=7", ""));
        requests.put(
                "the world for a label that half of them has, in clusters",
                () -> asking.positions(windows.world() + "&label=half=1", ""));
        for (Map.Entry<String, Runnable> request : requests.entrySet()) {
            List<Series> series = new Turns()
                    .with("answer", () -> MedianTime.millis(setting.effort().measured(), request.getValue()))
                    .measure(setting);
            results.accept(Comparison.withGoal(
                    String.format(Locale.ROOT, "%s, %,d trackers", request.getKey(), trackers),
                    "ms",
                    Comparison.Kind.COST,
                    series.get(0),
                    MOST_MAP_MILLIS));
        }
    }

    private static void streams(Setting setting, Consumer<Comparison> results, int port) throws Exception {
        long before = OpenStreams.memory();
        try (OpenStreams streams = new OpenStreams(port, STREAMS)) {
            double megabytes = (OpenStreams.memory() - before) / 1e6;
            setting.tell("  " + streams.size() + " streams: " + Math.round(megabytes) + " MB");
            results.accept(Comparison.withGoal(
                    String.format(Locale.ROOT, "memory of %,d open streams, readers included", STREAMS),
                    "MB",
                    Comparison.Kind.COST,
                    new Series("streams", megabytes),
                    MOST_MEGABYTES));
        }
    }

    private static void events(Setting setting, Consumer<Comparison> results, Fleet fleet, int port) throws Exception {
        try (JudgingLoop judging = new JudgingLoop(fleet.store())) {
            int number = 0;
            for (int readers : new int[] {1, STREAMS}) {
                double[] millis = new double[setting.effort().rounds() * 4];
                try (OpenStreams streams = new OpenStreams(port, readers)) {
                    for (int i = 0; i < millis.length; i++) {
                        long began = judging.store(number++);
                        streams.awaitEvents();
                        millis[i] = (System.nanoTime() - began) / 1e6;
                    }
                }
                results.accept(Comparison.withGoal(
                        "from the commit of a report to its event"
                                + (readers == 1
                                        ? ""
                                        : String.format(Locale.ROOT, ", the last of %,d readers", readers)),
                        "ms",
                        Comparison.Kind.COST,
                        new Series("event", millis),
                        MOST_MILLIS));
            }
        }
    }
}

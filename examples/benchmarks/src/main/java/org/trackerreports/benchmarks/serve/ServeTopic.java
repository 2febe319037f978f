package org.trackerreports.benchmarks.serve;

import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Consumer;
import org.trackerreports.benchmarks.Comparison;
import org.trackerreports.benchmarks.LocalServers;
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
    private static final int WINDOW = 1_500;

    @Override
    public void measure(Setting setting, Consumer<Comparison> results) throws Exception {
        int trackers = setting.effort().manyIds();
        try (LocalServers servers = LocalServers.start(setting);
                Fleet fleet = Fleet.of(trackers, servers.databaseUrl(), setting);
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
            fleet.judged(true);
            String size = String.format(Locale.ROOT, ", %,d trackers", trackers);
            Asking asking = new Asking(server.port());
            compare(setting, results, "positions of the world in clusters" + size, fleet, asking, "?zoom=2");
            compare(setting, results, "positions of a part of the map" + size, fleet, asking, window(trackers));
            streams(setting, results, server.port());
            events(setting, results, fleet, server.port());
        }
    }

    /** A part with about so many trackers, of those between 70° south and north. */
    private static String window(int trackers) {
        double share = Math.sqrt((double) WINDOW / trackers);
        Random random = new Random(5);
        double south = random.nextDouble() * 140 * (1 - share) - 70;
        double west = random.nextDouble() * 360 * (1 - share) - 180;
        return String.format(
                Locale.ROOT, "?bbox=%.4f,%.4f,%.4f,%.4f", west, south, west + 360 * share, south + 140 * share);
    }

    private static void compare(
            Setting setting, Consumer<Comparison> results, String what, Fleet fleet, Asking asking, String query)
            throws Exception {
        HttpResponse<byte[]> answer = asking.positions(query, "");
        String tag = answer.headers().firstValue("ETag").orElseThrow();
        List<Series> series = new Turns()
                .with("the answer", () -> fleet.millis(setting.effort().measured(), () -> asking.positions(query, "")))
                .with(
                        "asked for again with its ETag",
                        () -> fleet.millis(setting.effort().measured(), () -> asking.positions(query, tag)))
                .measure(setting);
        results.accept(new Comparison(what, "ms", Comparison.Kind.COST, series.get(0), series.get(1)));
    }

    private static void streams(Setting setting, Consumer<Comparison> results, int port) throws Exception {
        long before = OpenStreams.memory();
        try (OpenStreams streams = new OpenStreams(port, STREAMS)) {
            double megabytes = (OpenStreams.memory() - before) / 1e6;
            setting.tell("  " + streams.size() + " streams: " + Math.round(megabytes) + " MB");
            results.accept(new Comparison(
                    String.format(Locale.ROOT, "memory of %,d open streams, readers included", STREAMS),
                    "MB",
                    Comparison.Kind.COST,
                    new Series("streams", megabytes),
                    new Series("goal", MOST_MEGABYTES)));
        }
    }

    private static void events(Setting setting, Consumer<Comparison> results, Fleet fleet, int port) throws Exception {
        try (OpenStreams streams = new OpenStreams(port, 1);
                JudgingLoop judging = new JudgingLoop(fleet.store())) {
            double[] millis = new double[setting.effort().rounds() * 4];
            for (int i = 0; i < millis.length; i++) {
                long began = judging.store(i);
                streams.awaitEvent();
                millis[i] = (System.nanoTime() - began) / 1e6;
            }
            results.accept(new Comparison(
                    "from the commit of a report to its event",
                    "ms",
                    Comparison.Kind.COST,
                    new Series("event", millis),
                    new Series("goal", MOST_MILLIS)));
        }
    }
}

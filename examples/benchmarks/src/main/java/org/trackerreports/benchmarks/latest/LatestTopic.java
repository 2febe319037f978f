package org.trackerreports.benchmarks.latest;

import java.util.List;
import java.util.function.Consumer;
import org.trackerreports.benchmarks.Comparison;
import org.trackerreports.benchmarks.LocalServers;
import org.trackerreports.benchmarks.MedianTime;
import org.trackerreports.benchmarks.Series;
import org.trackerreports.benchmarks.Setting;
import org.trackerreports.benchmarks.Topic;
import org.trackerreports.benchmarks.Turns;

/** Latest positions of a fleet: one, a page and a window of a map, from their table and from the reports. */
public final class LatestTopic implements Topic {

    private static final int PAGE = 1_000;
    private static final int WINDOW = 2_000;

    @Override
    public void measure(Setting setting, Consumer<Comparison> results) throws Exception {
        int trackers = setting.effort().manyIds();
        try (LocalServers servers = LocalServers.start(setting);
                Fleet fleet = Fleet.of(trackers, servers.databaseUrl(), setting)) {
            String size = String.format(", %,d trackers", trackers);
            compare(setting, results, "latest position of one tracker" + size, fleet, Fleet::one);
            compare(
                    setting,
                    results,
                    String.format("a page of %,d latest positions", PAGE) + size,
                    fleet,
                    f -> f.page(PAGE));
            compare(
                    setting,
                    results,
                    String.format("a window of a map with %,d latest positions", WINDOW) + size,
                    fleet,
                    f -> f.window(WINDOW));
        }
    }

    private interface Read {
        void from(Fleet fleet);
    }

    private static void compare(Setting setting, Consumer<Comparison> results, String what, Fleet fleet, Read read)
            throws Exception {
        List<Series> series = new Turns()
                .with("table", () -> millis(setting, fleet.judged(true), read))
                .with("reports", () -> millis(setting, fleet.judged(false), read))
                .measure(setting);
        results.accept(new Comparison(what, "ms", Comparison.Kind.TIME, series.get(0), series.get(1)));
    }

    private static double millis(Setting setting, Fleet fleet, Read read) {
        return MedianTime.millis(setting.effort().measured(), () -> read.from(fleet));
    }
}

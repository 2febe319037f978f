package org.trackerreports.benchmarks.reading;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.trackerreports.benchmarks.Comparison;
import org.trackerreports.benchmarks.LocalServers;
import org.trackerreports.benchmarks.MedianTime;
import org.trackerreports.benchmarks.Series;
import org.trackerreports.benchmarks.Setting;
import org.trackerreports.benchmarks.Topic;
import org.trackerreports.benchmarks.Turns;
import org.trackerreports.server.PositionServer;
import org.trackerreports.server.settings.ServerListener;
import org.trackerreports.server.settings.ServerSettings;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.history.GeoBox;

/** What users read of the reports of a large fleet: over HTTP, compared with plain statements on the reports, in turns. */
public final class ReadingTopic implements Topic {

    private static final int PAGE = 1_000;
    private static final int WINDOW = 1_900;
    private static final double MEGABYTE = 1e6;
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration MONTH = Duration.ofDays(30);
    private static final Duration TEN_YEARS = Duration.ofDays(3_660);

    @Override
    public void measure(Setting setting, Consumer<Comparison> results) throws Exception {
        try (LocalServers servers = LocalServers.start(setting);
                Archive archive = Archive.at(
                        setting.database().orElseGet(servers::databaseUrl),
                        setting.effort().readReports(),
                        setting);
                PositionServer server = new PositionServer(
                        ReportStore.openWithoutSecrets(archive.database().pool(), Clock.systemUTC()),
                        ServerSettings.builder().listenOn("127.0.0.1", 0).build(),
                        List.of(),
                        ServerListener.NONE,
                        Clock.systemUTC())) {
            server.start();
            archive.judged();
            new Run(setting, results, archive, new ApiReads(server.port())).measure();
        }
    }

    /** All measurements on one archive. */
    private static final class Run {

        private final Setting setting;
        private final Consumer<Comparison> results;
        private final Archive archive;
        private final ApiReads api;
        private final PlainReads plain;
        private final Instant end;
        private final String size;
        private final Random random = new Random(7);

        Run(Setting setting, Consumer<Comparison> results, Archive archive, ApiReads api) throws SQLException {
            this.setting = setting;
            this.results = results;
            this.archive = archive;
            this.api = api;
            this.plain = new PlainReads(archive.database().pool());
            this.end = archive.end();
            this.size = String.format(
                    Locale.ROOT, ", %.1f million reports, %,d trackers", archive.reports() / 1e6, archive.trackers());
        }

        void measure() throws Exception {
            int page = Math.min(PAGE, archive.trackers());
            compare("a page of " + page + " trackers", () -> api.nextPage(page), () -> plain.nextPage(page));
            compare(
                    "a window of a map with about " + WINDOW + " positions",
                    () -> api.window(box()),
                    () -> plain.window(box()));
            compare(
                    "a day of a tracker",
                    () -> api.reports(busy(), end.minus(DAY), end),
                    () -> plain.reports(busy(), end.minus(DAY), end));
            compare(
                    "30 days of a tracker by hour",
                    () -> api.hours(busy(), end.minus(MONTH), end),
                    () -> plain.hours(busy(), end.minus(MONTH), end));
            export("csv");
            export("geojsonseq");
            memory();
        }

        private long busy() {
            return 1L + random.nextInt(archive.busyTrackers());
        }

        /** Trackers are spread evenly between 70° south and north; at the edge of a window are some more or less. */
        private GeoBox box() {
            double side = Math.sqrt(Math.min(1, (double) WINDOW / archive.trackers()));
            double south = random.nextDouble() * 140 * (1 - side) - 70;
            double west = random.nextDouble() * 360 * (1 - side) - 180;
            return new GeoBox(south, west, south + 140 * side, west + 360 * side);
        }

        private void compare(String what, IntSupplier own, IntSupplier other) throws Exception {
            requireSimilar(what, own, other);
            List<Series> series = new Turns()
                    .with("API", () -> MedianTime.millis(setting.effort().measured(), () -> ask(own)))
                    .with(
                            "a statement on the reports",
                            () -> MedianTime.millis(setting.effort().measured(), () -> ask(other)))
                    .measure(setting);
            results.accept(new Comparison(what + size, "ms", Comparison.Kind.TIME, series.get(0), series.get(1)));
        }

        private static void ask(IntSupplier read) {
            if (read.getAsInt() < 0) {
                throw new IllegalStateException("fewer than none");
            }
        }

        /** Both find something, and about as much: they ask for random trackers and windows. */
        private static void requireSimilar(String what, IntSupplier own, IntSupplier other) {
            int ours = own.getAsInt();
            int others = other.getAsInt();
            if (ours == 0 || Math.abs(ours - others) > Math.max(2, ours / 5)) {
                throw new IllegalStateException(what + ": the API found " + ours + ", the statement " + others);
            }
        }

        private void export(String format) throws Exception {
            Instant from = end.minus(TEN_YEARS);
            List<Series> series = new Turns()
                    .with(
                            "API",
                            () -> megabytesPerSecond(
                                    () -> api.export(archive.longest(), from, end, format, Long.MAX_VALUE, () -> {})))
                    .with("COPY as CSV", () -> megabytesPerSecond(() -> plain.copy(archive.longest(), from, end)))
                    .measure(setting);
            results.accept(new Comparison(
                    String.format(
                                    Locale.ROOT,
                                    "export of %,d reports of a tracker as %s",
                                    archive.longHistory(),
                                    format)
                            + size,
                    "MB/s",
                    Comparison.Kind.RATE,
                    series.get(0),
                    series.get(1)));
        }

        private interface Export {
            long bytes();
        }

        private static double megabytesPerSecond(Export export) {
            export.bytes();
            long began = System.nanoTime();
            long bytes = export.bytes();
            return bytes / MEGABYTE / ((System.nanoTime() - began) / 1e9);
        }

        /** The server is in this process. */
        private void memory() throws Exception {
            List<Series> series = new Turns()
                    .with("ten years", () -> heapInTheMiddle(TEN_YEARS))
                    .with("a month", () -> heapInTheMiddle(MONTH))
                    .measure(setting);
            results.accept(new Comparison(
                    String.format(
                            Locale.ROOT,
                            "heap in use in the middle of an export of %,d reports",
                            archive.longHistory()),
                    "MB",
                    Comparison.Kind.COST,
                    series.get(0),
                    series.get(1)));
        }

        private double heapInTheMiddle(Duration time) {
            Instant from = end.minus(time);
            long all = api.export(archive.longest(), from, end, "csv", Long.MAX_VALUE, () -> {});
            double[] megabytes = new double[1];
            api.export(archive.longest(), from, end, "csv", all, () -> megabytes[0] = heapInUse() / MEGABYTE);
            return megabytes[0];
        }

        private static long heapInUse() {
            System.gc();
            return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        }
    }
}

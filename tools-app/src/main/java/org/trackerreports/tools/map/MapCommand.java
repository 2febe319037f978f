package org.trackerreports.tools.map;

import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.history.History;
import org.trackerreports.store.history.HistoryBucket;
import org.trackerreports.store.history.HistoryQuery;
import org.trackerreports.store.report.StoredReport;
import org.trackerreports.store.tracker.Tracker;
import org.trackerreports.tools.command.CommandContext;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.ConfidenceOption;
import org.trackerreports.tools.command.OutputFile;
import org.trackerreports.tools.command.TimeRange;
import org.trackerreports.tools.command.TimeRange.Range;
import org.trackerreports.tools.command.ToolCommand;
import org.trackerreports.tools.command.TrackerSelection;
import org.trackerreports.tools.text.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a page with a map. */
@Command(
        name = "map",
        description = {
            "Writes a page with a map of where trackers were: tracks, accuracy, a time slider. It is one file that needs no network.",
            "Without --from the last seven days."
        },
        footer = {"", "Example: findmy tools map Bike Van --from 30d -o map.html"})
public final class MapCommand extends ToolCommand implements Callable<Integer> {

    private static final Duration USUAL = Duration.ofDays(7);
    /** More than a browser draws smoothly. */
    private static final int MAX_POINTS = 100_000;

    /** How finely. */
    enum By {
        RAW(Duration.ofHours(6)),
        HOUR(Duration.ofHours(12)),
        DAY(Duration.ofDays(3));

        /** Without a point for longer, no line is drawn. */
        private final Duration gap;

        By(Duration gap) {
            this.gap = gap;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Mixin
    private TrackerSelection selection;

    @Mixin
    private TimeRange time;

    @Mixin
    private ConfidenceOption confidence;

    @Option(
            names = "--by",
            paramLabel = "HOW",
            defaultValue = "raw",
            description = "How finely: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
    private By by;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            required = true,
            description = "The page, for example map.html; replaced if it is there.")
    private Path file;

    @Option(
            names = "--tiles",
            paramLabel = "URL",
            description = {
                "A server of map tiles, such as https://tile.openstreetmap.org/{z}/{x}/{y}.png.",
                "Whoever opens the page then tells that server where they look. Default: none."
            })
    private String tilesUrl;

    private final Clock clock;
    private final Provider<ReportStore> storeProvider;

    @Inject
    MapCommand(CommandContext context, Clock clock, Provider<ReportStore> storeProvider) {
        super(context);
        this.clock = clock;
        this.storeProvider = storeProvider;
    }

    @Override
    public Integer call() throws Exception {
        Range range = time.range(clock.instant(), Optional.of(USUAL));
        Optional<Tiles> tiles = tiles();
        ReportStore store = storeProvider.get();
        List<Tracker> trackers = selection.trackers(store);
        if (by != By.RAW) {
            // Without a daemon nobody else brings hours and days up to date.
            store.history().refresh();
        }
        List<HistoryQuery> queries = new ArrayList<>();
        for (Tracker tracker : trackers) {
            queries.add(HistoryQuery.of(tracker.id(), range.from(), range.to())
                    .withMinimumConfidence(confidence.minimum())
                    .inZone(time.zone()));
        }
        Sightings sightings = data -> {
            try (Progress progress = progress("trackers", trackers.size())) {
                for (int number = 0; number < trackers.size(); number++) {
                    progress.done(number);
                    data.tracker(trackers.get(number).name());
                    draw(store.history(), queries.get(number), data);
                }
            }
        };
        long points;
        try (OutputFile output = OutputFile.at(file)) {
            points = write(output.writer(), tiles, sightings);
            output.complete();
        }
        note(points + " sightings of " + trackers.size() + (trackers.size() == 1 ? " tracker" : " trackers")
                + " are on " + file + "; open it in a browser.");
        return points == 0 ? ExitCode.NOTHING_FOUND : ExitCode.DONE;
    }

    private Optional<Tiles> tiles() throws CommandFailure {
        try {
            return Optional.ofNullable(tilesUrl).map(Tiles::new);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, "--tiles " + e.getMessage());
        }
    }

    private interface Sightings {
        void addTo(MapData data) throws IOException;
    }

    private long write(Writer out, Optional<Tiles> tiles, Sightings sightings) throws IOException, CommandFailure {
        ZoneId zone = time.zone();
        long[] points = {0};
        try {
            new MapPage(tiles).write(out, json -> {
                MapData data = new MapData(json);
                data.begin(zone, by.gap, tiles);
                sightings.addTo(data);
                data.end();
                points[0] = data.points();
            });
        } catch (TooManyPoints e) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "There are more than " + MAX_POINTS + " sightings, too many for one page; narrow them with"
                            + " --from and --to, or take --by hour or --by day.");
        }
        return points[0];
    }

    private void draw(History history, HistoryQuery query, MapData data) throws IOException {
        try {
            switch (by) {
                case RAW -> history.forEachReport(query, report -> add(data, report));
                case HOUR -> history.forEachHour(query, bucket -> add(data, bucket));
                case DAY -> history.forEachDay(query, bucket -> add(data, bucket));
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void add(MapData data, StoredReport report) {
        step(
                data,
                () -> data.point(
                        report.timestamp(),
                        report.content().position().orElseThrow(),
                        report.content().horizontalAccuracy(),
                        report.content().confidence(),
                        report.content().nearestCity()));
    }

    private static void add(MapData data, HistoryBucket bucket) {
        step(
                data,
                () -> data.point(
                        bucket.lastTime(),
                        bucket.position(),
                        bucket.horizontalAccuracy(),
                        bucket.confidence(),
                        bucket.nearestCity()));
    }

    private interface Step {
        void run() throws IOException;
    }

    private static void step(MapData data, Step step) {
        if (data.points() >= MAX_POINTS) {
            throw new TooManyPoints();
        }
        try {
            step.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the reading of a history that is too long for a page. */
    private static final class TooManyPoints extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}

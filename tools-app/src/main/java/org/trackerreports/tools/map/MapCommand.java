package org.trackerreports.tools.map;

import jakarta.inject.Inject;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.store.history.HistoryBucket;
import org.trackerreports.store.place.Place;
import org.trackerreports.store.report.StoredReport;
import org.trackerreports.store.report.TwinFilter;
import org.trackerreports.store.tracker.Tracker;
import org.trackerreports.tools.command.CommandContext;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.OutputFile;
import org.trackerreports.tools.command.SelectedReports;
import org.trackerreports.tools.command.ToolCommand;
import org.trackerreports.tools.history.Granularity;
import org.trackerreports.tools.history.HistorySelection;
import org.trackerreports.tools.movement.StoredMovement;
import org.trackerreports.tools.text.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a map as a web page. */
@Command(name = "map")
public final class MapCommand extends ToolCommand implements Callable<Integer> {

    /** More than a browser draws smoothly. */
    private static final int MAX_POINTS = 100_000;

    @Mixin
    private HistorySelection selection;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE")
    private @Nullable Path file;

    @Option(names = "--serve")
    private boolean serve;

    @Option(names = "--tiles", paramLabel = "URL")
    private String tilesUrl;

    @Inject
    MapCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() throws Exception {
        Optional<Tiles> tiles = tiles();
        if (file == null && !serve) {
            throw new CommandFailure(ExitCode.USAGE, "Where to? Give -o FILE, or --serve to look at it right now.");
        }
        SelectedReports selected = selection.find();
        long points = 0;
        if (file != null) {
            points = write(file, tiles, selected);
            note(selected.summary(points, "positions", " in " + file)
                    + (points == 0 || serve ? "" : " Open it in a browser."));
            if (tiles.isPresent() && !serve) {
                note("Most tile servers refuse a page that is opened from a file; if there are no tiles, add --serve.");
            }
        }
        return serve ? serve(tiles, selected) : found(points);
    }

    private static int found(long points) {
        return points == 0 ? ExitCode.NOTHING_FOUND : ExitCode.DONE;
    }

    private long write(Path target, Optional<Tiles> tiles, SelectedReports selected)
            throws IOException, CommandFailure {
        try (OutputFile output = OutputFile.at(target)) {
            long points = write(output.writer(), tiles, selected);
            output.complete();
            return points;
        }
    }

    /** Shows the page until a signal ends the program. */
    private int serve(Optional<Tiles> tiles, SelectedReports selected)
            throws IOException, CommandFailure, InterruptedException {
        StringWriter page = new StringWriter();
        long points = write(page, tiles, selected);
        if (points == 0) {
            note(selected.nothingFound());
            return ExitCode.NOTHING_FOUND;
        }
        try (MapServer server = MapServer.of(page.toString())) {
            note(selected.summary(points, "positions", ""));
            out().println(server.address());
            requireReader();
            note("Open this address in a browser on this machine. Ctrl-C ends it.");
            new CountDownLatch(1).await();
        }
        return ExitCode.DONE;
    }

    private Optional<Tiles> tiles() throws CommandFailure {
        try {
            return Optional.ofNullable(tilesUrl).map(Tiles::new);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, "--tiles " + e.getMessage());
        }
    }

    private long write(Writer out, Optional<Tiles> tiles, SelectedReports selected) throws IOException, CommandFailure {
        long[] points = {0};
        try {
            new MapPage(tiles).write(out, json -> {
                MapData data = new MapData(json);
                List<Place> places = selected.store().places().list();
                data.begin(selected.zone(), maxGap(selection.by()), tiles, places);
                draw(selected, data);
                data.end();
                points[0] = data.points();
            });
        } catch (TooManyPoints e) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "There are more than " + MAX_POINTS + " positions, too many for one page. Select fewer with"
                            + " --from and --to, or use --by hour or --by day.");
        }
        return points[0];
    }

    /** No line is drawn between two positions that are further apart in time. */
    private static Duration maxGap(Granularity by) {
        return switch (by) {
            case RAW -> Duration.ofHours(6);
            case HOUR -> Duration.ofHours(12);
            case DAY -> Duration.ofDays(3);
        };
    }

    private void draw(SelectedReports selected, MapData data) throws IOException {
        int done = 0;
        StoredMovement movement = new StoredMovement(selected.store(), selected.minConfidence());
        try (Progress progress = progress("trackers", selected.trackers().size())) {
            for (Tracker tracker : selected.trackers()) {
                progress.done(done++);
                data.tracker(tracker.name());
                TwinFilter<IOException> twins = new TwinFilter<>(report -> draw(report, data));
                selection.by().read(selected.history(), selected.query(tracker), drawing(data, twins));
                twins.end();
                // Hours and days are for ranges of time in which nobody wants to see each stay.
                if (selection.by() == Granularity.RAW) {
                    data.stays(movement.stays(tracker, selected.range()));
                }
            }
        }
    }

    private static void draw(StoredReport report, MapData data) throws IOException {
        requireSpace(data);
        data.point(
                report.timestamp(),
                report.content().position().orElseThrow(),
                report.content().horizontalAccuracy(),
                report.content().confidence(),
                report.content().nearestCity(),
                report.content().flags());
    }

    private static Granularity.Rows drawing(MapData data, TwinFilter<IOException> twins) {
        return new Granularity.Rows() {
            @Override
            public void report(StoredReport report) throws IOException {
                twins.report(report);
            }

            @Override
            public void bucket(HistoryBucket bucket) throws IOException {
                requireSpace(data);
                data.point(
                        bucket.lastTime(),
                        bucket.position(),
                        bucket.horizontalAccuracy(),
                        bucket.confidence(),
                        bucket.nearestCity(),
                        new TreeSet<>(bucket.flagged() ? Set.of("flagged") : Set.of()));
            }
        };
    }

    private static void requireSpace(MapData data) {
        if (data.points() >= MAX_POINTS) {
            throw new TooManyPoints();
        }
    }

    /** Stops reading a history that is too long for a page. */
    private static final class TooManyPoints extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}

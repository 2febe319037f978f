package org.trackerreports.tools.map;

import jakarta.inject.Inject;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.store.history.FlagFilter;
import org.trackerreports.store.history.HistoryBucket;
import org.trackerreports.store.report.StoredReport;
import org.trackerreports.store.tracker.Tracker;
import org.trackerreports.tools.command.CommandContext;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.OutputFile;
import org.trackerreports.tools.command.SelectedReports;
import org.trackerreports.tools.command.ToolCommand;
import org.trackerreports.tools.history.Granularity;
import org.trackerreports.tools.history.HistorySelection;
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
            paramLabel = "FILE",
            required = true)
    private Path file;

    @Option(names = "--tiles", paramLabel = "URL")
    private String tilesUrl;

    @Inject
    MapCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() throws Exception {
        Optional<Tiles> tiles = tiles();
        SelectedReports selected = selection.find(FlagFilter.WITHOUT);
        long points;
        try (OutputFile output = OutputFile.at(file)) {
            points = write(output.writer(), tiles, selected);
            output.complete();
        }
        note(points + " positions of " + selected.trackers().size()
                + (selected.trackers().size() == 1 ? " tracker" : " trackers")
                + " are in " + file + "; open it in a browser.");
        return points == 0 ? ExitCode.NOTHING_FOUND : ExitCode.DONE;
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
                data.begin(selected.zone(), maxGap(selection.by()), tiles);
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
        try (Progress progress = progress("trackers", selected.trackers().size())) {
            for (Tracker tracker : selected.trackers()) {
                progress.done(done++);
                data.tracker(tracker.name());
                selection.by().read(selected.history(), selected.query(tracker), drawing(data));
            }
        }
    }

    private static Granularity.Rows drawing(MapData data) {
        return new Granularity.Rows() {
            @Override
            public void report(StoredReport report) throws IOException {
                requireSpace(data);
                data.point(
                        report.timestamp(),
                        report.content().position().orElseThrow(),
                        report.content().horizontalAccuracy(),
                        report.content().confidence(),
                        report.content().nearestCity());
            }

            @Override
            public void bucket(HistoryBucket bucket) throws IOException {
                requireSpace(data);
                data.point(
                        bucket.lastTime(),
                        bucket.position(),
                        bucket.horizontalAccuracy(),
                        bucket.confidence(),
                        bucket.nearestCity());
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

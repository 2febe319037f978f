package org.trackerreports.tools.export;

import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.history.History;
import org.trackerreports.store.tracker.Tracker;
import org.trackerreports.tools.command.CommandContext;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.OutputFile;
import org.trackerreports.tools.command.ReadSelection;
import org.trackerreports.tools.command.ReadSelection.Selected;
import org.trackerreports.tools.command.ToolCommand;
import org.trackerreports.tools.history.Granularity;
import org.trackerreports.tools.history.HistoryProgress;
import org.trackerreports.tools.text.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes histories as files for other programs. */
@Command(
        name = "export",
        description = {
            "Writes the reports of trackers as CSV, GeoJSON (geojsonl: one feature a line), GPX or KML.",
            "A file appears under its name only when it is complete; without -o it goes to standard output."
        },
        footer = {"", "Example: findmy tools export Bike Van --format gpx --from 30d -o rides.gpx"})
public final class ExportCommand extends ToolCommand implements Callable<Integer> {

    private static final int ROWS_BETWEEN_CHECKS = 1_000;

    @Mixin
    private ReadSelection selection;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            required = true,
            description = "One of: ${COMPLETION-CANDIDATES}.")
    private ExportFormat format;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where to write; replaced if it is there. Default: standard output.")
    private Path file;

    @Option(
            names = "--gap-hours",
            paramLabel = "HOURS",
            defaultValue = "6",
            description = "GPX: without a report for longer than this a new segment begins. Default: ${DEFAULT-VALUE}")
    private int gapHours;

    private final Clock clock;
    private final Provider<ReportStore> storeProvider;

    @Inject
    ExportCommand(CommandContext context, Clock clock, Provider<ReportStore> storeProvider) {
        super(context);
        this.clock = clock;
        this.storeProvider = storeProvider;
    }

    @Override
    public Integer call() throws Exception {
        if (gapHours < 1) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--gap-hours is " + gapHours + "; expected 1 or more, for example 6.");
        }
        Instant now = clock.instant();
        Selected selected = selection.resolve(storeProvider, now, Optional.empty());
        long written;
        if (file == null) {
            written = write(out(), selected, now);
        } else {
            try (OutputFile output = OutputFile.at(file)) {
                written = write(output.writer(), selected, now);
                output.complete();
            }
        }
        int trackers = selected.trackers().size();
        note(written + " reports of " + trackers + (trackers == 1 ? " tracker" : " trackers")
                + (file == null ? "." : " are in " + file + "."));
        return written == 0 ? ExitCode.NOTHING_FOUND : ExitCode.DONE;
    }

    private long write(Writer out, Selected selected, Instant now) throws IOException {
        History history = storeProvider.get().history();
        ReportFormatWriter writer = format.writer(out, Duration.ofHours(gapHours), now);
        writer.begin();
        try (Progress shown = progress("reports", 0)) {
            HistoryProgress progress = new HistoryProgress(
                    shown, selected.trackers().size(), selected.range().to());
            for (Tracker tracker : selected.trackers()) {
                writer.tracker(tracker.name());
                progress.tracker();
                Granularity.RAW.read(history, selected.query(tracker), writing(writer, progress));
            }
            writer.end();
            return progress.reports();
        }
    }

    private Granularity.Rows writing(ReportFormatWriter writer, HistoryProgress progress) {
        return report -> {
            writer.report(report);
            progress.report(report.timestamp());
            if (file == null && progress.reports() % ROWS_BETWEEN_CHECKS == 0) {
                requireReader();
            }
        };
    }
}

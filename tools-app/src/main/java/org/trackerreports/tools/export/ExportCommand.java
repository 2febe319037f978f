package org.trackerreports.tools.export;

import jakarta.inject.Inject;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.store.tracker.Tracker;
import org.trackerreports.tools.command.CommandContext;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.GapOption;
import org.trackerreports.tools.command.NotJudged;
import org.trackerreports.tools.command.OutputFile;
import org.trackerreports.tools.command.ReadSelection;
import org.trackerreports.tools.command.SelectedReports;
import org.trackerreports.tools.command.ToolCommand;
import org.trackerreports.tools.history.Granularity;
import org.trackerreports.tools.history.HistoryProgress;
import org.trackerreports.tools.text.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes reports, stays and transitions as files for other programs. */
@Command(name = "export")
public final class ExportCommand extends ToolCommand implements Callable<Integer> {

    private static final int ROWS_BETWEEN_CHECKS = 1_000;

    @Mixin
    private ReadSelection selection;

    @Option(names = "--format", paramLabel = "FORMAT", required = true)
    private ExportFormat format;

    @Option(names = "--what", paramLabel = "WHAT", defaultValue = "reports")
    private ExportContent what;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE")
    private Path file;

    @Mixin
    private GapOption gaps;

    private final Clock clock;

    @Inject
    ExportCommand(CommandContext context, Clock clock) {
        super(context);
        this.clock = clock;
    }

    @Override
    public Integer call() throws Exception {
        Duration gap = gaps.gap();
        if (what != ExportContent.REPORTS && !format.hasRows()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--format " + format + " has no form for " + what + "; expected csv, geojson or geojsonl.");
        }
        Instant now = clock.instant();
        SelectedReports selected = selection.find();
        long written;
        if (file == null) {
            written = write(out(), selected, gap, now);
        } else {
            try (OutputFile output = OutputFile.at(file)) {
                written = write(output.writer(), selected, gap, now);
                output.complete();
            }
        }
        String where = file == null ? "" : " in " + file;
        note(
                what == ExportContent.REPORTS
                        ? selected.summary(written, "reports", where)
                        : summary(written, selected, where));
        return written == 0 ? ExitCode.NOTHING_FOUND : ExitCode.DONE;
    }

    private long write(Writer out, SelectedReports selected, Duration gap, Instant now) throws IOException {
        return switch (what) {
            case REPORTS -> writeReports(out, selected, gap, now);
            case STAYS -> new MovementExport(selected, format, out).stays();
            case TRANSITIONS -> new MovementExport(selected, format, out).transitions();
        };
    }

    private String summary(long written, SelectedReports selected, String where) {
        int trackers = selected.trackers().size();
        String counted =
                written + " " + what + " of " + trackers + (trackers == 1 ? " tracker" : " trackers") + where + ".";
        return NotJudged.note(selected.store().judging().backlog())
                .map(note -> counted + " " + note)
                .orElse(counted);
    }

    private long writeReports(Writer out, SelectedReports selected, Duration gap, Instant now) throws IOException {
        ReportFormatWriter writer = format.writer(out, gap, now);
        writer.begin();
        try (Progress shown = progress("reports", 0)) {
            HistoryProgress progress = new HistoryProgress(
                    shown, selected.trackers().size(), selected.range().to());
            for (Tracker tracker : selected.trackers()) {
                writer.tracker(tracker.name());
                progress.tracker();
                Granularity.RAW.read(selected.history(), selected.query(tracker), writing(writer, progress));
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

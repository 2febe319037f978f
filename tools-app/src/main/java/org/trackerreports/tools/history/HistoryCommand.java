package org.trackerreports.tools.history;

import jakarta.inject.Inject;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.store.history.HistoryBucket;
import org.trackerreports.store.report.StoredReport;
import org.trackerreports.store.tracker.Tracker;
import org.trackerreports.tools.command.CommandContext;
import org.trackerreports.tools.command.JsonOption;
import org.trackerreports.tools.command.SelectedReports;
import org.trackerreports.tools.command.ToolCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Where trackers were. */
@Command(name = "history")
public final class HistoryCommand extends ToolCommand implements Callable<Integer> {

    private static final int ROWS_BETWEEN_CHECKS = 1_000;

    @Mixin
    private HistorySelection selection;

    @Mixin
    private JsonOption reading;

    private long rows;

    @Inject
    HistoryCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() throws Exception {
        SelectedReports selected = selection.find();
        try (HistoryOutput output = output(selected)) {
            for (Tracker tracker : selected.trackers()) {
                selection.by().read(selected.history(), selected.query(tracker), printing(tracker.name(), output));
            }
        }
        if (rows == 0) {
            note(selected.nothingFound());
        } else {
            selected.leftOut().ifPresent(left -> note(left + "."));
        }
        return rows == 0 ? ExitCode.NOTHING_FOUND : ExitCode.DONE;
    }

    private HistoryOutput output(SelectedReports selected) throws IOException {
        int longest = selected.trackers().stream()
                .map(Tracker::name)
                .mapToInt(name -> name.codePointCount(0, name.length()))
                .max()
                .orElse(0);
        return reading.json() ? new HistoryJson(out()) : new HistoryTable(out(), new Clocks(selected.zone()), longest);
    }

    private Granularity.Rows printing(String tracker, HistoryOutput output) {
        return new Granularity.Rows() {
            @Override
            public void report(StoredReport report) throws IOException {
                output.report(tracker, report);
                count();
            }

            @Override
            public void bucket(HistoryBucket bucket) throws IOException {
                output.bucket(tracker, bucket);
                count();
            }
        };
    }

    private void count() throws IOException {
        rows++;
        if (rows % ROWS_BETWEEN_CHECKS == 0) {
            requireReader();
        }
    }
}

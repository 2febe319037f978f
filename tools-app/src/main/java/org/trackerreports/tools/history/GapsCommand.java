package org.trackerreports.tools.history;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.core.text.Durations;
import org.trackerreports.store.history.Coverage;
import org.trackerreports.store.tracker.Tracker;
import org.trackerreports.tools.command.CommandContext;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.GapOption;
import org.trackerreports.tools.command.JsonOption;
import org.trackerreports.tools.command.ReadSelection;
import org.trackerreports.tools.command.SelectedReports;
import org.trackerreports.tools.command.ToolCommand;
import org.trackerreports.tools.text.Json;
import org.trackerreports.tools.text.Progress;
import org.trackerreports.tools.text.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** When trackers were not seen. */
@Command(name = "gaps")
public final class GapsCommand extends ToolCommand implements Callable<Integer> {

    @Mixin
    private ReadSelection selection;

    @Mixin
    private GapOption gaps;

    @Mixin
    private JsonOption reading;

    @Inject
    GapsCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() throws CommandFailure {
        Duration gap = gaps.gap();
        SelectedReports selected = selection.findRecent();
        // Coverage is computed from hours. A daemon updates them from time to time; without one, nobody else does.
        selected.history().refresh();
        Clocks clocks = new Clocks(selected.zone());
        ArrayNode array = Json.array();
        int done = 0;
        boolean seen = false;
        try (Progress progress = progress("trackers", selected.trackers().size())) {
            for (Tracker tracker : selected.trackers()) {
                Coverage coverage = selected.history().coverage(selected.query(tracker), gap);
                seen |= coverage.reportCount() > 0;
                if (reading.json()) {
                    put(array.addObject(), tracker.name(), coverage);
                } else {
                    print(tracker.name(), coverage, gap, clocks);
                }
                progress.done(++done);
            }
        }
        if (reading.json()) {
            Json.print(array, out());
        }
        if (seen) {
            selected.leftOut().ifPresent(left -> note(left + "."));
        } else {
            note(selected.nothingFound());
        }
        return seen ? ExitCode.DONE : ExitCode.NOTHING_FOUND;
    }

    private void print(String name, Coverage coverage, Duration gap, Clocks clocks) {
        out().println(String.format(
                Locale.ROOT,
                "%s: seen in %d of %d hours (%.0f %%), on %d days, %d reports.",
                name,
                coverage.hoursWithReports(),
                coverage.hours(),
                coverage.share() * 100,
                coverage.daysWithReports(),
                coverage.reportCount()));
        if (coverage.gaps().isEmpty()) {
            out().println("No gap of " + Durations.text(gap) + " or more.");
            return;
        }
        TextTable table = new TextTable(clocks.heading("NOT SEEN FROM"), clocks.heading("TO"), "FOR");
        for (Coverage.Gap each : coverage.gaps()) {
            table.row(clocks.time(each.from()), clocks.time(each.to()), Durations.text(each.length()));
        }
        table.print(out());
    }

    private static void put(ObjectNode json, String name, Coverage coverage) {
        json.put("tracker", name)
                .put("reports", coverage.reportCount())
                .put("hours", coverage.hours())
                .put("hours_seen", coverage.hoursWithReports())
                .put("share", coverage.share())
                .put("days_seen", coverage.daysWithReports())
                .put("first_time", coverage.first().map(Instant::toString).orElse(null))
                .put("last_time", coverage.last().map(Instant::toString).orElse(null));
        ArrayNode gaps = json.putArray("gaps");
        coverage.gaps()
                .forEach(gap -> gaps.addObject()
                        .put("from_time", gap.from().toString())
                        .put("to_time", gap.to().toString())
                        .put("seconds", gap.length().toSeconds()));
    }
}

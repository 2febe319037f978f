package org.trackerreports.tools.history;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.history.Coverage;
import org.trackerreports.store.history.HistoryQuery;
import org.trackerreports.store.tracker.Tracker;
import org.trackerreports.tools.command.CommandContext;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.ConfidenceOption;
import org.trackerreports.tools.command.ReadingOptions;
import org.trackerreports.tools.command.TimeRange;
import org.trackerreports.tools.command.TimeRange.Range;
import org.trackerreports.tools.command.ToolCommand;
import org.trackerreports.tools.command.TrackerSelection;
import org.trackerreports.tools.text.Durations;
import org.trackerreports.tools.text.Json;
import org.trackerreports.tools.text.Progress;
import org.trackerreports.tools.text.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** When trackers were not seen. */
@Command(
        name = "gaps",
        description = {
            "Prints how well trackers were seen, and the times in which they were not.",
            "Without --from the last seven days."
        },
        footer = {"", "Example: findmy tools gaps Bike --from 30d --longer-than 12"})
public final class GapsCommand extends ToolCommand implements Callable<Integer> {

    private static final Duration USUAL = Duration.ofDays(7);

    @Mixin
    private TrackerSelection selection;

    @Mixin
    private TimeRange time;

    @Mixin
    private ConfidenceOption confidence;

    @Option(
            names = "--longer-than",
            paramLabel = "HOURS",
            defaultValue = "6",
            description = "Lists gaps of at least this many hours, 1 or more. Default: ${DEFAULT-VALUE}")
    private int hours;

    @Mixin
    private ReadingOptions reading;

    private final Clock clock;
    private final Provider<ReportStore> storeProvider;

    @Inject
    GapsCommand(CommandContext context, Clock clock, Provider<ReportStore> storeProvider) {
        super(context);
        this.clock = clock;
        this.storeProvider = storeProvider;
    }

    @Override
    public Integer call() throws CommandFailure {
        if (hours < 1) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--longer-than is " + hours + "; expected hours, 1 or more, for example 6");
        }
        Range range = time.range(clock.instant(), Optional.of(USUAL));
        Clocks clocks = new Clocks(time.zone());
        ReportStore store = storeProvider.get();
        // Without a daemon nobody else brings the hours up to date that coverage is worked out from.
        store.history().refresh();
        List<Tracker> trackers = selection.trackers(store);
        ArrayNode array = Json.array();
        int done = 0;
        boolean seen = false;
        try (Progress progress = progress("trackers", trackers.size())) {
            for (Tracker tracker : trackers) {
                HistoryQuery query = HistoryQuery.of(Set.of(tracker.id()), range.from(), range.to())
                        .withMinimumConfidence(confidence.minimum())
                        .inZone(time.zone());
                Coverage coverage = store.history().coverage(query, Duration.ofHours(hours));
                seen |= coverage.reportCount() > 0;
                if (reading.json()) {
                    put(array.addObject(), tracker.name(), coverage);
                } else {
                    print(tracker.name(), coverage, clocks);
                }
                progress.done(++done);
            }
        }
        if (reading.json()) {
            Json.print(array, out());
        }
        return seen ? ExitCode.DONE : ExitCode.NOTHING_FOUND;
    }

    private void print(String name, Coverage coverage, Clocks clocks) {
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
            out().println("No gap of " + hours + " h or more.");
            return;
        }
        TextTable table = new TextTable(clocks.heading("NOT SEEN FROM"), clocks.heading("TO"), "FOR");
        for (Coverage.Gap gap : coverage.gaps()) {
            table.row(clocks.time(gap.from()), clocks.time(gap.to()), Durations.text(gap.length()));
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

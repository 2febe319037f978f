package org.trackerreports.tools.history;

import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.history.History;
import org.trackerreports.store.history.HistoryQuery;
import org.trackerreports.store.tracker.Tracker;
import org.trackerreports.tools.command.CommandContext;
import org.trackerreports.tools.command.ConfidenceOption;
import org.trackerreports.tools.command.ReadingOptions;
import org.trackerreports.tools.command.TimeRange;
import org.trackerreports.tools.command.TimeRange.Range;
import org.trackerreports.tools.command.ToolCommand;
import org.trackerreports.tools.command.TrackerSelection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where trackers were. */
@Command(
        name = "history",
        description = {
            "Prints where trackers were, report by report, or with the latest position of each hour or day.",
            "Without --from the last seven days."
        },
        footer = {
            "",
            "Examples:",
            "  findmy tools history Bike --from yesterday",
            "  findmy tools history Bike --from 2026-10-01 --by day --zone Europe/Berlin"
        })
public final class HistoryCommand extends ToolCommand implements Callable<Integer> {

    private static final Duration USUAL = Duration.ofDays(7);
    private static final int LOOK_EVERY = 1_000;

    /** How finely. */
    enum By {
        RAW,
        HOUR,
        DAY;

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

    @Mixin
    private ReadingOptions reading;

    private long rows;

    private final Clock clock;
    private final Provider<ReportStore> storeProvider;

    @Inject
    HistoryCommand(CommandContext context, Clock clock, Provider<ReportStore> storeProvider) {
        super(context);
        this.clock = clock;
        this.storeProvider = storeProvider;
    }

    @Override
    public Integer call() throws Exception {
        Range range = time.range(clock.instant(), Optional.of(USUAL));
        ReportStore store = storeProvider.get();
        List<Tracker> trackers = selection.trackers(store);
        if (by != By.RAW) {
            // Without a daemon nobody else brings hours and days up to date.
            store.history().refresh();
        }
        try (HistoryOutput output = output(trackers)) {
            for (Tracker tracker : trackers) {
                HistoryQuery query = HistoryQuery.of(Set.of(tracker.id()), range.from(), range.to())
                        .withMinimumConfidence(confidence.minimum())
                        .inZone(time.zone());
                print(store.history(), query, tracker.name(), output);
            }
        }
        if (rows == 0) {
            note("There is no report of confidence " + confidence.minimum() + " or more from " + range.from() + " to "
                    + range.to() + "; try an earlier --from, or --min-confidence 0.");
        }
        return rows == 0 ? ExitCode.NOTHING_FOUND : ExitCode.DONE;
    }

    private HistoryOutput output(List<Tracker> trackers) throws Exception {
        int longest = trackers.stream()
                .map(Tracker::name)
                .mapToInt(name -> name.codePointCount(0, name.length()))
                .max()
                .orElse(0);
        return reading.json() ? new HistoryJson(out()) : new HistoryTable(out(), new Clocks(time.zone()), longest);
    }

    private void print(History history, HistoryQuery query, String name, HistoryOutput output) throws IOException {
        try {
            switch (by) {
                case RAW -> history.forEachReport(query, report -> step(() -> output.report(name, report)));
                case HOUR -> history.forEachHour(query, bucket -> step(() -> output.bucket(name, bucket)));
                case DAY -> history.forEachDay(query, bucket -> step(() -> output.bucket(name, bucket)));
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private interface Step {
        void run() throws IOException;
    }

    private void step(Step step) {
        rows++;
        try {
            step.run();
            if (rows % LOOK_EVERY == 0) {
                requireReader();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

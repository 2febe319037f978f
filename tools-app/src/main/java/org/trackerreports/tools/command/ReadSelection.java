package org.trackerreports.tools.command;

import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.history.FlagFilter;
import org.trackerreports.store.tracker.Tracker;
import org.trackerreports.tools.command.TimeRange.Range;
import picocli.CommandLine.Mixin;

/** Which reports a command reads, as a mixin: of which trackers, from which time, of which confidence, with or without flags. */
public final class ReadSelection {

    private static final Duration DEFAULT_AGE = Duration.ofDays(7);

    @Mixin
    private TrackerSelection trackers;

    @Mixin
    private TimeRange time;

    @Mixin
    private ConfidenceOption confidence;

    @Mixin
    private FlagsOption flags;

    private final Provider<ReportStore> storeProvider;
    private final Clock clock;

    @Inject
    ReadSelection(Provider<ReportStore> storeProvider, Clock clock) {
        this.storeProvider = storeProvider;
        this.clock = clock;
    }

    /**
     * What was selected; without {@code --from} since the first report.
     *
     * @throws CommandFailure if an option is not valid, or no such tracker exists
     */
    public SelectedReports find() throws CommandFailure {
        return find(Optional.empty());
    }

    /**
     * What was selected; without {@code --from} the last seven days.
     *
     * @throws CommandFailure if an option is not valid, or no such tracker exists
     */
    public SelectedReports findRecent() throws CommandFailure {
        return find(Optional.of(DEFAULT_AGE));
    }

    /** The store is opened only if the options are valid. */
    private SelectedReports find(Optional<Duration> age) throws CommandFailure {
        Range range = time.range(clock.instant(), age);
        ZoneId zone = time.zone();
        int minConfidence = confidence.minimum();
        List<Tracker> found = trackers.found();
        return new SelectedReports(
                storeProvider.get(),
                found,
                trackers.noneFound(),
                range,
                minConfidence,
                flags.or(FlagFilter.WITHOUT),
                zone);
    }
}

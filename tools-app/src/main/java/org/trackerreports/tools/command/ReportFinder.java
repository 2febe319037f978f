package org.trackerreports.tools.command;

import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.trackerreports.store.ReportStore;
import org.trackerreports.tools.command.TimeRange.Range;

/** Finds the reports that a command's options select. */
public final class ReportFinder {

    private static final Duration DEFAULT_AGE = Duration.ofDays(7);

    private final Provider<ReportStore> storeProvider;
    private final Clock clock;

    @Inject
    ReportFinder(Provider<ReportStore> storeProvider, Clock clock) {
        this.storeProvider = storeProvider;
        this.clock = clock;
    }

    /** The time that ages count from. */
    public Instant now() {
        return clock.instant();
    }

    /**
     * What was selected; without {@code --from} since the first report.
     *
     * @throws CommandFailure if an option is not valid, or no such tracker exists
     */
    public SelectedReports find(ReadSelection selection) throws CommandFailure {
        return find(selection, Optional.empty());
    }

    /**
     * What was selected; without {@code --from} the last seven days.
     *
     * @throws CommandFailure if an option is not valid, or no such tracker exists
     */
    public SelectedReports findRecent(ReadSelection selection) throws CommandFailure {
        return find(selection, Optional.of(DEFAULT_AGE));
    }

    /** The store is opened only if the options are valid. */
    private SelectedReports find(ReadSelection selection, Optional<Duration> age) throws CommandFailure {
        Range range = selection.time().range(now(), age);
        ZoneId zone = selection.time().zone();
        int minConfidence = selection.confidence().minimum();
        ReportStore store = storeProvider.get();
        return new SelectedReports(store.history(), selection.trackers().trackers(store), range, minConfidence, zone);
    }
}

package org.trackerreports.tools.command;

import jakarta.inject.Provider;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.history.HistoryQuery;
import org.trackerreports.store.tracker.Tracker;
import org.trackerreports.tools.command.TimeRange.Range;
import picocli.CommandLine.Mixin;

/** Which reports a command reads, as a mixin: of which trackers, from which time, of which confidence. */
public final class ReadSelection {

    /** How far back commands that show a history reach by default. */
    public static final Duration DEFAULT_AGE = Duration.ofDays(7);

    @Mixin
    private TrackerSelection trackers;

    @Mixin
    private TimeRange time;

    @Mixin
    private ConfidenceOption confidence;

    /**
     * What was selected.
     *
     * @param zone where hours and days begin
     */
    public record Selected(List<Tracker> trackers, Range range, int minConfidence, ZoneId zone) {

        public Selected {
            trackers = List.copyOf(trackers);
        }

        /** The query for the reports of one of the trackers. */
        public HistoryQuery query(Tracker tracker) {
            return HistoryQuery.of(Set.of(tracker.id()), range.from(), range.to())
                    .withMinimumConfidence(minConfidence)
                    .inZone(zone);
        }
    }

    /**
     * Finds what was selected. The store is opened only if the options are valid.
     *
     * @param age how far back to reach without {@code --from}; empty to reach back to the first report
     * @throws CommandFailure if an option is not valid, or no such tracker exists
     */
    public Selected resolve(Provider<ReportStore> store, Instant now, Optional<Duration> age) throws CommandFailure {
        Range range = time.range(now, age);
        ZoneId zone = time.zone();
        int minConfidence = confidence.minimum();
        return new Selected(trackers.trackers(store.get()), range, minConfidence, zone);
    }
}

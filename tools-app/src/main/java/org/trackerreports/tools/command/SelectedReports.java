package org.trackerreports.tools.command;

import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.trackerreports.store.history.FlagFilter;
import org.trackerreports.store.history.History;
import org.trackerreports.store.history.HistoryQuery;
import org.trackerreports.store.tracker.Tracker;
import org.trackerreports.tools.command.TimeRange.Range;

/**
 * The reports that a command reads.
 *
 * @param history where they are
 * @param zone where hours and days begin
 */
public record SelectedReports(
        History history, List<Tracker> trackers, Range range, int minConfidence, FlagFilter flags, ZoneId zone) {

    public SelectedReports {
        trackers = List.copyOf(trackers);
    }

    /** The query for the reports of one of the trackers. */
    public HistoryQuery query(Tracker tracker) {
        return HistoryQuery.of(Set.of(tracker.id()), range.from(), range.to())
                .withMinimumConfidence(minConfidence)
                .withFlags(flags)
                .inZone(zone);
    }
}

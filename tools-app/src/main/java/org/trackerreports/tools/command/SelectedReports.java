package org.trackerreports.tools.command;

import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.history.FlagFilter;
import org.trackerreports.store.history.History;
import org.trackerreports.store.history.HistoryQuery;
import org.trackerreports.store.history.LatestPosition;
import org.trackerreports.store.tracker.Tracker;
import org.trackerreports.tools.command.TimeRange.Range;

/**
 * The reports that a command reads.
 *
 * @param store where they are
 * @param noTracker what to say if there is no tracker
 * @param zone where hours and days begin
 */
public record SelectedReports(
        ReportStore store,
        List<Tracker> trackers,
        String noTracker,
        Range range,
        int minConfidence,
        FlagFilter flags,
        ZoneId zone) {

    public SelectedReports {
        trackers = List.copyOf(trackers);
    }

    /** Where the reports are. */
    public History history() {
        return store.history();
    }

    /** The query for the reports of one of the trackers. */
    public HistoryQuery query(Tracker tracker) {
        return query(Set.of(tracker.id()));
    }

    private HistoryQuery query(Set<Long> trackerIds) {
        return HistoryQuery.of(trackerIds, range.from(), range.to())
                .withMinimumConfidence(minConfidence)
                .withFlags(flags)
                .inZone(zone);
    }

    /** What the selection left out, and which option shows it; empty if it left out nothing. */
    public Optional<String> leftOut() {
        if (trackers.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(LeftOut.text(history().leftOut(query(ids())), flags)).filter(text -> !text.isEmpty());
    }

    /**
     * How much was written, and what was left out; or why there was nothing to write.
     *
     * @param what what was counted, such as "reports"
     * @param where where they are, with a blank before it
     */
    public String summary(long written, String what, String where) {
        if (written == 0) {
            return "0 " + what + where + ". " + nothingFound();
        }
        String left = leftOut().map(text -> "; " + text).orElse("");
        return written + " " + what + " of " + trackers.size() + (trackers.size() == 1 ? " tracker" : " trackers")
                + where + left + ".";
    }

    private Set<Long> ids() {
        return trackers.stream().map(Tracker::id).collect(Collectors.toSet());
    }

    /** Why the selection has no report, and what to do next. */
    public String nothingFound() {
        if (trackers.isEmpty()) {
            return noTracker;
        }
        Optional<LatestPosition> latest = history().latest(ids(), 0, FlagFilter.WITH).stream()
                .max(Comparator.comparing(LatestPosition::timestamp));
        if (latest.isEmpty()) {
            return NextStep.fetch(store, trackers);
        }
        String found = "There is no such report from " + range.from() + " to " + range.to() + "; ";
        return found
                + leftOut()
                        .orElse("the latest is of " + latest.get().timestamp()
                                + ": give an earlier --from or a later --to")
                + ".";
    }
}

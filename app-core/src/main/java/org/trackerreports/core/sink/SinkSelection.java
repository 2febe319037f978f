package org.trackerreports.core.sink;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.trackerreports.store.history.FlagFilter;
import org.trackerreports.store.report.ReportContent;
import org.trackerreports.store.report.StoredReport;

/**
 * Which events a sink is told.
 *
 * @param labels only of trackers that have all of them
 * @param minConfidence the confidence that a report needs
 * @param flags what of reports with flags
 * @param maxAge only what happened within this time
 * @param events types of events
 * @param alertGap the least time between two alerts for a tracker at a place
 */
public record SinkSelection(
        Map<String, String> labels,
        int minConfidence,
        FlagFilter flags,
        Optional<Duration> maxAge,
        Set<String> events,
        Duration alertGap) {

    public SinkSelection {
        labels = Map.copyOf(labels);
        events = Set.copyOf(events);
    }

    /** Whether a tracker with these labels is one of those that the sink is for. */
    public boolean isFor(Map<String, String> ofTracker) {
        return ofTracker.entrySet().containsAll(labels.entrySet());
    }

    /** Whether the sink is told of an event of a type. */
    public boolean isFor(String type, Instant eventTime, Instant now) {
        return events.contains(type)
                && maxAge.filter(limit -> eventTime.plus(limit).isBefore(now)).isEmpty();
    }

    /**
     * Whether the sink is told of a report. That a report turned out to be wrong is told whatever the flags are: whoever has it must learn of
     * it.
     */
    public boolean isFor(StoredReport report, boolean revised, Instant now) {
        ReportContent content = report.content();
        boolean wrong = !content.wrongFlags().isEmpty();
        boolean flagged = switch (flags) {
            case WITHOUT -> !wrong || revised;
            case WITH -> true;
            case ONLY -> !content.flags().isEmpty();
        };
        return flagged
                && content.confidence() >= minConfidence
                && isFor(revised ? "report.revised" : "report.stored", report.timestamp(), now);
    }
}

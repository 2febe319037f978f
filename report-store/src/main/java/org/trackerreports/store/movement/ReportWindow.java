package org.trackerreports.store.movement;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.trackerreports.store.report.StoredReport;

/**
 * Reports of a tracker around a change, without gaps.
 *
 * @param labels of the tracker
 * @param reports those with a position, in the order of time and digest; payload, city and reason
 *     are left out, because they say nothing about movement
 * @param fromBeginning whether the tracker has no earlier reports
 * @param toEnd whether it has no later ones
 * @param changedFrom the earliest time of a report that was stored, removed or changed
 * @param changedTo the latest time of one
 * @param now the present
 */
public record ReportWindow(
        long trackerId,
        Map<String, String> labels,
        List<StoredReport> reports,
        boolean fromBeginning,
        boolean toEnd,
        Instant changedFrom,
        Instant changedTo,
        Instant now) {

    public ReportWindow {
        labels = Map.copyOf(labels);
        reports = List.copyOf(reports);
    }
}

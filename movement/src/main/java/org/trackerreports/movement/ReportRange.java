package org.trackerreports.movement;

import java.util.Collection;
import java.util.List;

/**
 * The reports of a tracker in a range of time, without gaps.
 *
 * @param reports in any order
 * @param fromBeginning whether the tracker has no earlier reports
 * @param toEnd whether it has no later ones
 */
public record ReportRange(Collection<Report> reports, boolean fromBeginning, boolean toEnd) {

    public ReportRange {
        reports = List.copyOf(reports);
    }

    /** All reports of a tracker. */
    public static ReportRange all(Collection<Report> reports) {
        return new ReportRange(reports, true, true);
    }
}

package org.trackerreports.movement;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a report says against itself. */
final class SingleReports {

    private SingleReports() {}

    /** In event order; without the outermost reports of a range that goes on, because more of the same time can be missing. */
    static List<Report> sorted(ReportRange range) {
        List<Report> reports = new ArrayList<>(range.reports());
        reports.sort(Report.EVENT_ORDER);
        int begin = 0;
        int end = reports.size();
        while (!range.fromBeginning()
                && begin < end
                && reports.get(begin).time().equals(reports.get(0).time())) {
            begin++;
        }
        while (!range.toEnd()
                && end > begin
                && reports.get(end - 1)
                        .time()
                        .equals(reports.get(reports.size() - 1).time())) {
            end--;
        }
        return reports.subList(begin, end);
    }

    /** Whether the report says nothing about where the tracker was. */
    static boolean isUnbelievable(Report report) {
        return isNullIsland(report) || aheadSeconds(report) > OutlierLimits.FUTURE_SECONDS;
    }

    private static boolean isNullIsland(Report report) {
        return report.latitude() == 0 && report.longitude() == 0;
    }

    private static long aheadSeconds(Report report) {
        return Duration.between(report.receivedAt(), report.time()).toSeconds();
    }

    static List<Finding> findings(Report report) {
        boolean coarse = report.metres() >= OutlierLimits.COARSE_METRES;
        if (!coarse && !isUnbelievable(report)) {
            return List.of();
        }
        List<Finding> findings = new ArrayList<>();
        if (isNullIsland(report)) {
            findings.add(Finding.of(Flag.NULL_ISLAND));
        }
        if (aheadSeconds(report) > OutlierLimits.FUTURE_SECONDS) {
            findings.add(
                    Finding.of(Flag.FUTURE, "ahead_s", aheadSeconds(report), "limit_s", OutlierLimits.FUTURE_SECONDS));
        }
        if (coarse) {
            findings.add(
                    Finding.of(Flag.COARSE, "accuracy_m", report.metres(), "limit_m", OutlierLimits.COARSE_METRES));
        }
        return findings;
    }

    static List<Finding> with(List<Finding> own, @Nullable Finding found) {
        if (found == null) {
            return own;
        }
        List<Finding> all = new ArrayList<>(own);
        all.add(0, found);
        return all;
    }
}

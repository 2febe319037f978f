package org.trackerreports.server.internal.api;

import java.util.ArrayList;
import java.util.List;
import org.trackerreports.store.report.StoredReport;

/** Passes one of the reports of one key, second and position: the most accurate one. They are the same sighting. */
final class TwinFilter implements ReportOutput {

    private final ReportOutput output;

    /** Those of the same time as the last one, one for each sighting. */
    private final List<StoredReport> sameTime = new ArrayList<>();

    TwinFilter(ReportOutput output) {
        this.output = output;
    }

    @Override
    public void add(StoredReport report) {
        if (!sameTime.isEmpty() && !sameTime.get(0).timestamp().equals(report.timestamp())) {
            flush();
        }
        for (int i = 0; i < sameTime.size(); i++) {
            if (areTwins(sameTime.get(i), report)) {
                if (metres(report) < metres(sameTime.get(i))) {
                    sameTime.set(i, report);
                }
                return;
            }
        }
        sameTime.add(report);
    }

    @Override
    public void end() {
        flush();
        output.end();
    }

    private void flush() {
        sameTime.forEach(output::add);
        sameTime.clear();
    }

    private static boolean areTwins(StoredReport one, StoredReport other) {
        return one.hashedAdvKey().equals(other.hashedAdvKey())
                && one.content().position().equals(other.content().position());
    }

    private static double metres(StoredReport report) {
        return report.content().horizontalAccuracy().orElse(Double.MAX_VALUE);
    }
}

package org.trackerreports.tools.map;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.trackerreports.store.report.StoredReport;

/**
 * Passes reports on, but of twins only the most accurate one: two reports of one key, second and position are one sighting. Reports come by
 * time. Call {@link #end} after the last one. Not thread-safe.
 */
final class Twins {

    /** Takes the reports that remain. */
    interface Next {
        void report(StoredReport report) throws IOException;
    }

    private final Next next;
    private final List<StoredReport> sameTime = new ArrayList<>();

    Twins(Next next) {
        this.next = next;
    }

    void report(StoredReport report) throws IOException {
        if (!sameTime.isEmpty() && !sameTime.get(0).timestamp().equals(report.timestamp())) {
            end();
        }
        for (int i = 0; i < sameTime.size(); i++) {
            if (areTwins(sameTime.get(i), report)) {
                if (accuracy(report) < accuracy(sameTime.get(i))) {
                    sameTime.set(i, report);
                }
                return;
            }
        }
        sameTime.add(report);
    }

    void end() throws IOException {
        for (StoredReport report : sameTime) {
            next.report(report);
        }
        sameTime.clear();
    }

    private static boolean areTwins(StoredReport one, StoredReport other) {
        return one.hashedAdvKey().equals(other.hashedAdvKey())
                && one.content().position().equals(other.content().position());
    }

    private static double accuracy(StoredReport report) {
        return report.content().horizontalAccuracy().orElse(Double.MAX_VALUE);
    }
}

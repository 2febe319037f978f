package org.trackerreports.store.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Passes reports on, but of twins only the most accurate one: two reports of one key, second and position are one sighting. Reports come by
 * time. Call {@link #end} after the last one. Not thread-safe.
 *
 * @param <E> what taking a report can throw
 */
public final class TwinFilter<E extends Exception> {

    /** Takes the reports that are passed on. */
    public interface Next<E extends Exception> {
        void report(StoredReport report) throws E;
    }

    private final Next<E> next;

    /** Those of the same time as the last one, one for each sighting. */
    private final List<StoredReport> sameTime = new ArrayList<>();

    public TwinFilter(Next<E> next) {
        this.next = next;
    }

    /** Takes the next report. */
    public void report(StoredReport report) throws E {
        if (!sameTime.isEmpty() && !sameTime.get(0).timestamp().equals(report.timestamp())) {
            end();
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

    /** Passes on what waits for a better twin. */
    public void end() throws E {
        for (StoredReport report : sameTime) {
            next.report(report);
        }
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

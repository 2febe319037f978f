package org.trackerreports.tools.history;

import java.time.Duration;
import java.time.Instant;
import org.trackerreports.tools.text.Progress;

/**
 * How far the reading of histories is, which nobody counts before: by the time of the latest report. The calls are, for each tracker:
 * {@link #tracker}, then {@link #report} for its reports by time. Not thread-safe.
 */
public final class HistoryProgress {

    private final Progress progress;
    private final int trackers;
    private final Instant end;
    private int begun;
    private long reports;
    private Instant first;

    /**
     * @param trackers how many there are
     * @param end where their histories end
     */
    public HistoryProgress(Progress progress, int trackers, Instant end) {
        this.progress = progress;
        this.trackers = trackers;
        this.end = end;
    }

    /** The reports that follow are the next tracker's. */
    public void tracker() {
        begun++;
        first = null;
    }

    /** One report was read. */
    public void report(Instant time) {
        reports++;
        first = first == null ? time : first;
        double all = Math.max(1, Duration.between(first, end).toMillis());
        progress.done(reports, (begun - 1 + Duration.between(first, time).toMillis() / all) / trackers);
    }

    /** How many reports were read. */
    public long reports() {
        return reports;
    }
}

package org.trackerreports.tools.history;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.trackerreports.tools.text.Progress;

/**
 * Shows how far the reading of histories is. Their reports are not counted beforehand, so the time of the latest report tells. For each
 * tracker call {@link #tracker}, then {@link #report} for its reports in the order of time. Not thread-safe.
 */
public final class HistoryProgress {

    private final Progress progress;
    private final int trackers;
    private final Instant end;
    private int begun;
    private long reports;
    private @Nullable Instant first;

    /**
     * @param trackers the number of trackers
     * @param end where their histories end
     */
    public HistoryProgress(Progress progress, int trackers, Instant end) {
        this.progress = progress;
        this.trackers = trackers;
        this.end = end;
    }

    /** Begins the next tracker. */
    public void tracker() {
        begun++;
        first = null;
    }

    /** One report was read. */
    public void report(Instant time) {
        reports++;
        Instant start = first == null ? time : first;
        first = start;
        double all = Math.max(1, Duration.between(start, end).toMillis());
        progress.done(reports, (begun - 1 + Duration.between(start, time).toMillis() / all) / trackers);
    }

    /** The number of reports so far. */
    public long reports() {
        return reports;
    }
}

package org.trackerreports.core.diagnosis;

import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import org.trackerreports.queue.TrackerQueue;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.history.FlagFilter;
import org.trackerreports.store.tracker.Tracker;

/** Diagnoses trackers from what store, queue and budgets know. Asks the service nothing. Thread-safe. */
public final class TrackerDiagnoses {

    private final ReportStore store;
    private final TrackerQueue queue;
    private final AccountStandings standings;
    private final Clock clock;

    @Inject
    TrackerDiagnoses(ReportStore store, TrackerQueue queue, AccountStandings standings, Clock clock) {
        this.store = store;
        this.queue = queue;
        this.standings = standings;
        this.clock = clock;
    }

    /** The diagnosis of a tracker now. */
    public TrackerDiagnosis of(Tracker tracker) {
        return new TrackerDiagnosis(
                tracker,
                store.history().latest(List.of(tracker.id()), 0, FlagFilter.WITHOUT).stream()
                        .findFirst(),
                queue.details(Long.toString(tracker.id())),
                queue.statistics(),
                store.accounts().list().stream().map(standings::of).toList(),
                clock.instant());
    }
}

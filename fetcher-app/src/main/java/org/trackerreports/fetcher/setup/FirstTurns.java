package org.trackerreports.fetcher.setup;

import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.queue.QueueEntry;
import org.trackerreports.queue.QueueUnavailableException;
import org.trackerreports.queue.TrackerQueue;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.tracker.TrackerChanges.Change;
import org.trackerreports.store.tracker.TrackerChanges.State;

/**
 * Gives the trackers of a small import their first turn together. Those of a fleet are spread over the interval; a few fit into one request, and
 * whoever adds them waits for all of them. Thread-safe.
 */
final class FirstTurns {

    private static final Logger LOG = LoggerFactory.getLogger(FirstTurns.class);

    /** So many with one key each fit into a request, unless it is configured to be smaller. */
    private static final int FEW = 64;

    private final ReportStore store;
    private final TrackerQueue queue;
    private final Clock clock;

    @Inject
    FirstTurns(ReportStore store, TrackerQueue queue, Clock clock) {
        this.store = store;
        this.queue = queue;
        this.clock = clock;
    }

    /** Where to look for changes after an import that begins now. */
    Instant begin() {
        return store.trackers().changedSince(clock.instant()).next();
    }

    /** Makes what changed since then due. If Redis is away, the queue follows the database later, as it does for every other change. */
    void end(Instant begun) {
        List<String> ids = store.trackers().changedSince(begun).changes().stream()
                .filter(change -> change.state() == State.ENABLED)
                .map(Change::trackerId)
                .map(id -> Long.toString(id))
                .toList();
        if (ids.size() > FEW) {
            return;
        }
        try {
            queue.reconcileChanges(ids.stream().map(QueueEntry::of).toList(), Set.of());
            queue.requeueNow(ids);
        } catch (QueueUnavailableException e) {
            LOG.debug("The queue was not told of an import.", e);
        }
    }
}

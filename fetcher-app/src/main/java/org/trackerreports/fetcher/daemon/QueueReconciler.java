package org.trackerreports.fetcher.daemon;

import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.queue.QueueEntry;
import org.trackerreports.queue.ReconcileResult;
import org.trackerreports.queue.ReconcileResult.Reconciled;
import org.trackerreports.queue.TrackerQueue;
import org.trackerreports.queue.WorkerId;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.tracker.TrackerChanges;
import org.trackerreports.store.tracker.TrackerChanges.Change;
import org.trackerreports.store.tracker.TrackerChanges.State;

/**
 * Keeps the queue in line with the database, which alone knows which trackers there are; Redis may forget everything at any time.
 * Thread-safe.
 */
final class QueueReconciler {

    private static final Logger LOG = LoggerFactory.getLogger(QueueReconciler.class);

    private final ReportStore store;
    private final TrackerQueue queue;
    private final WorkerId worker;
    private final Clock clock;
    private Instant followedUntil;

    @Inject
    QueueReconciler(ReportStore store, TrackerQueue queue, WorkerId worker, Clock clock) {
        this.store = store;
        this.queue = queue;
        this.worker = worker;
        this.clock = clock;
    }

    /** Compares all: fills the queue if it is empty; else adds what is new and removes what is gone. */
    synchronized void verify() {
        // Asked for first, so that what changes meanwhile is followed later.
        Instant until = store.trackers().changedSince(clock.instant()).next();
        if (queue.initialiseIfEmpty(this::enabledTrackers)) {
            LOG.info(
                    "The queue was empty and now holds {} trackers.",
                    queue.statistics().ids());
        } else {
            log(queue.reconcile(this::enabledTrackers));
        }
        followedUntil = until;
    }

    /** Takes over what was added, changed or removed since the last call, between two full comparisons. */
    synchronized void follow() {
        if (followedUntil == null) {
            return;
        }
        TrackerChanges changes = store.trackers().changedSince(followedUntil);
        List<QueueEntry> present = new ArrayList<>();
        Set<String> gone = new HashSet<>();
        for (Change change : changes.changes()) {
            String id = Long.toString(change.trackerId());
            if (change.state() == State.ENABLED) {
                present.add(QueueEntry.of(id));
            } else {
                gone.add(id);
            }
        }
        if (changes.changes().isEmpty() || log(queue.reconcileChanges(present, gone))) {
            followedUntil = changes.next();
        }
    }

    /** Whether the comparison was carried out. */
    private static boolean log(ReconcileResult result) {
        return switch (result.kind()) {
            case RECONCILED -> log((Reconciled) result);
            case ALREADY_RUNNING -> false;
        };
    }

    private static boolean log(Reconciled reconciled) {
        if (reconciled.added() + reconciled.removed() + reconciled.changed() > 0) {
            LOG.info(
                    "The queue was brought in line: {} trackers added, {} removed.",
                    reconciled.added(),
                    reconciled.removed());
        }
        return true;
    }

    /** Says that this instance lives, and takes back the work of those that do not. */
    void beat() {
        queue.heartbeat(worker);
        int reclaimed = queue.reclaim();
        if (reclaimed > 0) {
            LOG.info("Took back {} trackers whose worker had stopped or was too slow.", reclaimed);
        }
    }

    /** Signs this instance off. */
    void leave() {
        queue.leave(worker);
    }

    /** Eight bytes for each tracker are held in memory, so that the database's cursor is not open while Redis works. */
    private Stream<QueueEntry> enabledTrackers() {
        LongStream.Builder ids = LongStream.builder();
        store.trackers().forEachEnabledId(ids::add);
        return ids.build().mapToObj(id -> QueueEntry.of(Long.toString(id)));
    }
}

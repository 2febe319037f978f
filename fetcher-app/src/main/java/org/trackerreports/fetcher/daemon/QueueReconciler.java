package org.trackerreports.fetcher.daemon;

import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.core.pipeline.TrackerLoader;
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
 * Reconciles the queue, and what is remembered of trackers, with the database, which is the truth about which trackers exist. Redis may
 * lose its data at any time. Thread-safe.
 */
final class QueueReconciler {

    private static final Logger LOG = LoggerFactory.getLogger(QueueReconciler.class);

    private final ReportStore store;
    private final TrackerQueue queue;
    private final WorkerId worker;
    private final TrackerLoader loader;
    private final Clock clock;
    private Optional<Instant> followedTo = Optional.empty();

    @Inject
    QueueReconciler(ReportStore store, TrackerQueue queue, WorkerId worker, TrackerLoader loader, Clock clock) {
        this.store = store;
        this.queue = queue;
        this.worker = worker;
        this.loader = loader;
        this.clock = clock;
    }

    /** Reconciles all trackers: fills the queue if it is empty; otherwise adds the missing ones and removes the others. */
    synchronized void verify() {
        // Read first, so that changes made meanwhile are followed later.
        Instant until = store.trackers().changedSince(clock.instant()).next();
        loader.forgetAll();
        if (queue.initialiseIfEmpty(this::enabledTrackers)) {
            long trackers = queue.statistics().ids();
            if (trackers > 0) {
                LOG.info("The queue was empty. It now contains {} trackers.", trackers);
            }
        } else {
            log(queue.reconcile(this::enabledTrackers));
        }
        followedTo = Optional.of(until);
    }

    /** Applies the changes in the database since the last call, between two full reconciliations. */
    synchronized void follow() {
        if (followedTo.isEmpty()) {
            return;
        }
        TrackerChanges changes = store.trackers().changedSince(followedTo.get());
        if (!changes.changes().isEmpty()) {
            loader.forget(changes.changes().stream().map(Change::trackerId).toList());
        }
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
            followedTo = Optional.of(changes.next());
        }
    }

    /** Logs a result, and returns whether the reconciliation took place. */
    private static boolean log(ReconcileResult result) {
        return switch (result.kind()) {
            case RECONCILED -> log((Reconciled) result);
            case ALREADY_RUNNING -> false;
        };
    }

    private static boolean log(Reconciled reconciled) {
        if (reconciled.added() + reconciled.removed() + reconciled.changed() > 0) {
            LOG.info("Reconciled the queue: {} trackers added, {} removed.", reconciled.added(), reconciled.removed());
        }
        return true;
    }

    /** Sends this instance's heartbeat, and reclaims the leases of instances that stopped. */
    void beat() {
        int reclaimed = queue.heartbeat(worker) ? queue.reclaim() : 0;
        if (reclaimed > 0) {
            LOG.info("Reclaimed {} trackers whose worker stopped or was too slow.", reclaimed);
        }
    }

    /** Removes this instance from the workers of the queue. */
    void leave() {
        queue.leave(worker);
    }

    /** Holds eight bytes per tracker in memory, so that the database cursor is not open during calls to Redis. */
    private Stream<QueueEntry> enabledTrackers() {
        LongStream.Builder ids = LongStream.builder();
        store.trackers().forEachEnabledId(ids::add);
        return ids.build().mapToObj(id -> QueueEntry.of(Long.toString(id)));
    }
}

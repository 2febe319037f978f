package org.trackerreports.fetcher.daemon;

import jakarta.inject.Inject;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.queue.QueueEntry;
import org.trackerreports.queue.ReconcileResult.Reconciled;
import org.trackerreports.queue.TrackerQueue;
import org.trackerreports.queue.WorkerId;
import org.trackerreports.store.ReportStore;

/**
 * Keeps the queue in line with the database, which alone knows which trackers there are; Redis may forget everything at any time.
 * Thread-safe.
 */
final class QueueKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(QueueKeeper.class);

    private final ReportStore store;
    private final TrackerQueue queue;
    private final WorkerId worker;

    @Inject
    QueueKeeper(ReportStore store, TrackerQueue queue, WorkerId worker) {
        this.store = store;
        this.queue = queue;
        this.worker = worker;
    }

    /** Fills the queue if it is empty; else adds what is new and removes what is gone. */
    void verify() {
        if (queue.initialiseIfEmpty(this::enabledTrackers)) {
            LOG.info(
                    "The queue was empty and now holds {} trackers.",
                    queue.statistics().ids());
            return;
        }
        if (queue.reconcile(this::enabledTrackers) instanceof Reconciled result
                && result.added() + result.removed() + result.changed() > 0) {
            LOG.info("The queue was brought in line: {} trackers added, {} removed.", result.added(), result.removed());
        }
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

package org.trackerreports.fetcher.daemon;

import jakarta.inject.Inject;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.core.lifecycle.GuardedTimer;
import org.trackerreports.core.lifecycle.StopSignal;
import org.trackerreports.queue.QueueUnavailableException;
import org.trackerreports.store.error.StoreException;

/**
 * Runs the daemon's periodic tasks and reports their failures as outages. A slow task does not delay the others: the heartbeat continues
 * while the database does not answer. Thread-safe.
 */
final class PeriodicTasks {

    private static final Logger LOG = LoggerFactory.getLogger(PeriodicTasks.class);
    /** At least the number of tasks. */
    private static final int THREADS = 6;

    private final Outages outages;
    private final StopSignal stop;
    private final GuardedTimer timer = new GuardedTimer("periodic", THREADS, this::failed);

    @Inject
    PeriodicTasks(Outages outages, StopSignal stop) {
        this.outages = outages;
        this.stop = stop;
    }

    /** Runs a task repeatedly, for the first time after one period; never twice at the same time. */
    void every(Duration period, Runnable task) {
        timer.every(period, () -> {
            if (!stop.stopping()) {
                task.run();
            }
        });
    }

    private void failed(RuntimeException exception) {
        if (exception instanceof QueueUnavailableException queue) {
            outages.failed(queue);
        } else if (exception instanceof StoreException store) {
            outages.failed(store);
        } else {
            LOG.error("A periodic task failed unexpectedly.", exception);
        }
    }

    /** Starts no further run. Does not wait for runs that have begun. */
    void stop() {
        timer.stop();
    }
}

package org.trackerreports.fetcher.daemon;

import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.core.lifecycle.StopSignal;
import org.trackerreports.queue.QueueUnavailableException;
import org.trackerreports.store.error.StoreException;

/**
 * Runs tasks on a period, whatever one of them throws. A slow one does not hold up the others: a database that does not answer must
 * not stop the heart. Thread-safe.
 */
final class PeriodicTasks {

    private static final Logger LOG = LoggerFactory.getLogger(PeriodicTasks.class);

    /** At least as many as there are tasks. */
    private static final int THREADS = 6;

    private final Outages outages;
    private final StopSignal stop;
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(THREADS, task -> {
        Thread thread = new Thread(task, "keeper");
        thread.setDaemon(true);
        return thread;
    });

    @Inject
    PeriodicTasks(Outages outages, StopSignal stop) {
        this.outages = outages;
        this.stop = stop;
    }

    /** Runs a task again and again, first after one period; never twice at once. */
    void every(Duration period, Runnable task) {
        timer.scheduleWithFixedDelay(() -> guarded(task), period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A task that throws would never run again. */
    private void guarded(Runnable task) {
        if (stop.stopping()) {
            return;
        }
        try {
            task.run();
        } catch (QueueUnavailableException e) {
            outages.failed(e);
        } catch (StoreException e) {
            outages.failed(e);
        } catch (RuntimeException e) {
            LOG.error("A periodic task failed unexpectedly.", e);
        }
    }

    /** Begins nothing any more; what runs is not waited for. */
    void end() {
        timer.shutdown();
    }
}

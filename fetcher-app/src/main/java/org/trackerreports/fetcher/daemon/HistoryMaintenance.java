package org.trackerreports.fetcher.daemon;

import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.core.lifecycle.StopSignal;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.error.StoreException;
import org.trackerreports.store.retention.RetentionEffect;
import org.trackerreports.store.retention.RetentionPolicy;

/**
 * Brings the history up to date and removes what is no longer kept. On a thread of its own, because the first refresh of a large
 * database takes minutes, in which this instance must go on beating.
 */
final class HistoryMaintenance implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HistoryMaintenance.class);
    private static final Duration REFRESH = Duration.ofMinutes(1);
    private static final Duration RETENTION = Duration.ofDays(1);
    private static final Duration RETENTION_AGAIN = Duration.ofMinutes(10);

    private final ReportStore store;
    private final RetentionPolicy policy;
    private final Outages outages;
    private final StopSignal stop;
    private final Duration refresh;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "history");
        thread.setDaemon(true);
        return thread;
    });

    @Inject
    HistoryMaintenance(ReportStore store, RetentionPolicy policy, Outages outages, StopSignal stop) {
        this(store, policy, outages, stop, REFRESH);
    }

    /** With another time between two refreshes. */
    HistoryMaintenance(ReportStore store, RetentionPolicy policy, Outages outages, StopSignal stop, Duration refresh) {
        this.refresh = refresh;
        this.store = store;
        this.policy = policy;
        this.outages = outages;
        this.stop = stop;
    }

    /** Starts; returns at once. */
    void start() {
        timer.scheduleWithFixedDelay(
                () -> guarded(store.history()::refresh), refresh.toMillis(), refresh.toMillis(), TimeUnit.MILLISECONDS);
        applyRetentionIn(Duration.ZERO);
    }

    /** Also applied when nothing is to be removed: that ends what an earlier configuration asked for. */
    private void applyRetentionIn(Duration wait) {
        if (!timer.isShutdown()) {
            timer.schedule(
                    () -> applyRetentionIn(guarded(this::applyRetention) ? RETENTION : RETENTION_AGAIN),
                    wait.toMillis(),
                    TimeUnit.MILLISECONDS);
        }
    }

    private void applyRetention() {
        RetentionEffect removed = store.retention().apply(policy);
        if (removed.reports() > 0 || removed.hours() > 0) {
            LOG.info(
                    "Retention removed {} reports and {} hours of the history; days are kept.",
                    removed.reports(),
                    removed.hours());
        }
    }

    /** Whether the task did its work. A periodic task that throws would never run again. */
    private boolean guarded(Runnable task) {
        if (stop.stopping()) {
            return false;
        }
        try {
            task.run();
            return true;
        } catch (StoreException e) {
            if (stop.stopping()) {
                LOG.debug("Cut off by the end of the daemon.");
            } else if (e.worthRepeating()) {
                outages.failed(e);
            } else {
                LOG.error("The history could not be looked after: {}", e.getMessage());
            }
        } catch (RuntimeException e) {
            LOG.error("The history could not be looked after.", e);
        }
        return false;
    }

    /** Begins nothing any more; what runs is one transaction after another, and may be cut off. */
    @Override
    public void close() {
        timer.shutdownNow();
    }
}

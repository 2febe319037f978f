package org.trackerreports.fetcher.daemon;

import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.core.lifecycle.GuardedTimer;
import org.trackerreports.core.lifecycle.StopSignal;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.error.StoreException;
import org.trackerreports.store.retention.RetentionEffect;
import org.trackerreports.store.retention.RetentionPolicy;

/**
 * Refreshes the history and applies the retention policy. It has its own thread, because the first refresh of a large database takes
 * minutes, and this instance must send heartbeats meanwhile.
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
    private Optional<Boolean> allowed = Optional.empty();
    private final GuardedTimer timer =
            new GuardedTimer("history", 1, e -> LOG.error("History maintenance failed unexpectedly.", e));

    @Inject
    HistoryMaintenance(ReportStore store, RetentionPolicy policy, Outages outages, StopSignal stop) {
        this(store, policy, outages, stop, REFRESH);
    }

    /** With another period between two refreshes. */
    HistoryMaintenance(ReportStore store, RetentionPolicy policy, Outages outages, StopSignal stop, Duration refresh) {
        this.refresh = refresh;
        this.store = store;
        this.policy = policy;
        this.outages = outages;
        this.stop = stop;
    }

    /** Starts. Returns at once. */
    void start() {
        timer.every(refresh, () -> guarded(store.history()::refresh));
        applyRetentionIn(Duration.ZERO);
    }

    /**
     * The same without retention, for a process that stores nothing itself and may lack the rights: then it leaves the history to those that
     * store.
     */
    void startRefreshing() {
        timer.every(
                refresh,
                () -> guarded(() -> {
                    if (isAllowed()) {
                        store.history().refresh();
                    }
                }));
    }

    private boolean isAllowed() {
        if (allowed.isEmpty()) {
            allowed = Optional.of(store.history().mayRefresh());
            if (!allowed.get()) {
                LOG.info("This role of the database may not refresh the history; a daemon with the role fetch does.");
            }
        }
        return allowed.get();
    }

    /** Also applied if the policy keeps everything, because that ends a policy of an earlier configuration. */
    private void applyRetentionIn(Duration wait) {
        timer.after(wait, () -> applyRetentionIn(guarded(this::applyRetention) ? RETENTION : RETENTION_AGAIN));
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

    /**
     * Runs a task.
     *
     * @return whether it succeeded
     */
    private boolean guarded(Runnable task) {
        if (stop.stopping()) {
            return false;
        }
        try {
            task.run();
            return true;
        } catch (StoreException e) {
            if (stop.stopping()) {
                LOG.debug("The daemon stopped before a history task ended.");
            } else if (e.worthRepeating()) {
                outages.failed(e);
            } else {
                LOG.error("History maintenance failed: {}", e.getMessage());
            }
        } catch (RuntimeException e) {
            LOG.error("History maintenance failed unexpectedly.", e);
        }
        return false;
    }

    /** Stops at once. A task consists of several transactions and may be interrupted between them. */
    @Override
    public void close() {
        timer.close();
    }
}

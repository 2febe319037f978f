package org.trackerreports.fetcher.daemon;

import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import org.trackerreports.core.event.Listeners;
import org.trackerreports.core.failure.Failures;
import org.trackerreports.core.time.Times;
import org.trackerreports.fetcher.event.DaemonListener;
import org.trackerreports.fetcher.event.Dependency;
import org.trackerreports.queue.QueueUnavailableException;
import org.trackerreports.store.error.StoreException;

/** The outages of the two dependencies of the daemon: the database and Redis. Thread-safe. */
final class Outages {

    private final Outage database;
    private final Outage queue;

    @Inject
    Outages(Listeners<DaemonListener> listeners, Clock clock) {
        this.database = new Outage(Dependency.DATABASE, listeners, clock);
        this.queue = new Outage(Dependency.QUEUE, listeners, clock);
    }

    Outage database() {
        return database;
    }

    Outage queue() {
        return queue;
    }

    /** How long to wait before either is used again; zero if both may be used now. */
    Duration untilNextAttempt() {
        return Times.max(database.untilNextAttempt(), queue.untilNextAttempt());
    }

    /**
     * Records that the database failed.
     *
     * @return how long to wait
     */
    Duration failed(StoreException exception) {
        return database.failed(Failures.message(exception));
    }

    /**
     * Records that Redis failed.
     *
     * @return how long to wait
     */
    Duration failed(QueueUnavailableException exception) {
        return queue.failed(Failures.message(exception));
    }
}

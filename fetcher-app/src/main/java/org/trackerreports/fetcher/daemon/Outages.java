package org.trackerreports.fetcher.daemon;

import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import org.trackerreports.fetcher.event.DaemonListeners;
import org.trackerreports.fetcher.event.Dependency;
import org.trackerreports.queue.QueueUnavailableException;
import org.trackerreports.store.error.StoreException;

/** The outages of both things that the daemon cannot work without. Thread-safe. */
final class Outages {

    private final Outage database;
    private final Outage queue;

    @Inject
    Outages(DaemonListeners listeners, Clock clock) {
        this.database = new Outage(Dependency.DATABASE, listeners, clock);
        this.queue = new Outage(Dependency.QUEUE, listeners, clock);
    }

    Outage database() {
        return database;
    }

    Outage queue() {
        return queue;
    }

    /** How long to leave both alone, because one of them was away a moment ago; zero if they may be used. */
    Duration untilNextAttempt() {
        Duration untilDatabase = database.untilNextAttempt();
        Duration untilQueue = queue.untilNextAttempt();
        return untilDatabase.compareTo(untilQueue) > 0 ? untilDatabase : untilQueue;
    }

    /**
     * The database failed.
     *
     * @return how long to wait
     */
    Duration failed(StoreException exception) {
        return database.failed(exception.getMessage());
    }

    /**
     * Redis failed.
     *
     * @return how long to wait
     */
    Duration failed(QueueUnavailableException exception) {
        return queue.failed(exception.getMessage());
    }
}

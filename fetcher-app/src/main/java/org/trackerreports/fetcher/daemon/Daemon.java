package org.trackerreports.fetcher.daemon;

import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.core.account.AccountStates;
import org.trackerreports.queue.QueueSettings;
import org.trackerreports.queue.QueueUnavailableException;

/**
 * The daemon: fills the queue, runs a worker for each account, beats, verifies, and ends cleanly. Start it once; {@link #close} may be
 * called from any thread.
 */
public final class Daemon implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);
    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final Duration PATIENCE_AT_THE_END = Duration.ofSeconds(20);

    private final AccountStates states;
    private final HistoryMaintenance history;
    private final WorkerParts parts;
    private final QueueReconciler keeper;
    private final SpoolDrain drain;
    private final PeriodicTasks tasks;
    private final Duration beat;
    private final Duration verify;
    private final Map<String, Thread> workers = new TreeMap<>();
    private boolean toldAboutAccounts;
    private volatile boolean verifyNow;

    @Inject
    Daemon(
            AccountStates states,
            HistoryMaintenance history,
            WorkerParts parts,
            QueueReconciler keeper,
            SpoolDrain drain,
            PeriodicTasks tasks,
            QueueSettings queue,
            VerifyInterval verify) {
        this.states = states;
        this.history = history;
        this.parts = parts;
        this.keeper = keeper;
        this.drain = drain;
        this.tasks = tasks;
        this.beat = queue.heartbeatTimeout().dividedBy(3);
        this.verify = verify.duration();
    }

    /**
     * How often the queue is verified; a type of its own, so that the wiring cannot confuse it with another duration.
     *
     * @param duration more than zero
     */
    public record VerifyInterval(Duration duration) {}

    /** Starts. Returns when the queue is filled and the workers run. */
    public void start() {
        keeper.verify();
        tasks.every(beat, this::beat);
        tasks.every(verify, keeper::verify);
        history.start();
        tasks.every(LOOK, drain::drain);
        tasks.every(LOOK, this::look);
        look();
        LOG.info("The daemon works.");
    }

    private void beat() {
        try {
            keeper.beat();
        } finally {
            parts.listeners().heartbeatSent();
        }
        if (parts.outages().queue().over()) {
            // Left to the other task: comparing a million trackers must not stop the heart.
            verifyNow = true;
        }
    }

    /** Looks what has changed in the database, which is also how its return after an outage is noticed. */
    private void look() {
        if (!parts.outages().database().untilNextAttempt().isZero()) {
            return;
        }
        workFor(states.aliases());
        // While answers wait, storing one of them shows whether the database works again.
        if (drain.isDone() && parts.outages().database().over()) {
            verifyNow = true;
        }
        if (verifyNow) {
            verifyNow = false;
            keeper.verify();
        } else {
            keeper.follow();
        }
    }

    private synchronized void workFor(List<String> aliases) {
        if (parts.stop().stopping()) {
            return;
        }
        workers.values().removeIf(thread -> !thread.isAlive());
        for (String alias : aliases) {
            workers.computeIfAbsent(alias, this::startWorker);
        }
        if (workers.isEmpty() && !toldAboutAccounts) {
            toldAboutAccounts = true;
            LOG.warn("There is no account yet. Add one: findmy tools login --account main");
        }
    }

    private Thread startWorker(String alias) {
        Thread thread = new Thread(new AccountWorker(alias, parts), "account-" + alias);
        thread.start();
        LOG.info("Account {} takes part.", alias);
        return thread;
    }

    /** Ends: no new work, the running requests are finished, the rest is given back. */
    @Override
    public void close() {
        parts.stop().stop();
        tasks.stop();
        history.close();
        long deadline = System.nanoTime() + PATIENCE_AT_THE_END.toNanos();
        synchronized (this) {
            for (Thread worker : workers.values()) {
                join(worker, deadline);
            }
        }
        try {
            keeper.leave();
        } catch (QueueUnavailableException e) {
            LOG.info("Redis is away; what was claimed goes back when the leases run out.");
        }
        LOG.info("The daemon has ended.");
    }

    private static void join(Thread worker, long deadline) {
        try {
            worker.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (worker.isAlive()) {
            LOG.warn(
                    "{} did not end in time; what it has claimed goes back when the leases run out.", worker.getName());
        }
    }
}

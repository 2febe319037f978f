package org.trackerreports.fetcher.daemon;

import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.fetcher.account.AccountStates;
import org.trackerreports.queue.QueueSettings;
import org.trackerreports.queue.QueueUnavailableException;
import org.trackerreports.store.StoreException;

/**
 * The daemon: fills the queue, runs a worker for each account, beats, verifies, and ends cleanly. Start it once; {@link #close} may be
 * called from any thread.
 */
public final class Daemon implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);
    private static final Duration LOOK_FOR_ACCOUNTS = Duration.ofSeconds(2);
    private static final Duration PATIENCE_AT_THE_END = Duration.ofSeconds(20);

    private final AccountStates states;
    private final HistoryKeeper history;
    private final WorkerParts parts;
    private final Duration beat;
    private final Duration verify;
    private final Map<String, Thread> workers = new TreeMap<>();
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1, task -> {
        Thread thread = new Thread(task, "keeper");
        thread.setDaemon(true);
        return thread;
    });
    private boolean toldAboutAccounts;

    @Inject
    Daemon(
            AccountStates states,
            HistoryKeeper history,
            WorkerParts parts,
            QueueSettings queue,
            VerifyInterval verify) {
        this.history = history;
        this.states = states;
        this.parts = parts;
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
        parts.keeper().verify();
        every(beat, parts.keeper()::beat);
        every(verify, parts.keeper()::verify);
        history.start();
        lookForAccounts();
        every(LOOK_FOR_ACCOUNTS, this::lookForAccounts);
        LOG.info("The daemon works.");
    }

    private void every(Duration period, Runnable task) {
        timer.scheduleWithFixedDelay(() -> guarded(task), period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A periodic task that throws would never run again. */
    private void guarded(Runnable task) {
        if (parts.stop().stopping()) {
            return;
        }
        try {
            task.run();
        } catch (QueueUnavailableException e) {
            parts.outages().failed(e);
        } catch (StoreException e) {
            parts.outages().failed(e);
        } catch (RuntimeException e) {
            LOG.error("A periodic task failed unexpectedly.", e);
        }
    }

    private synchronized void lookForAccounts() {
        workers.values().removeIf(thread -> !thread.isAlive());
        for (String alias : states.aliases()) {
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
        timer.shutdown();
        history.close();
        long deadline = System.nanoTime() + PATIENCE_AT_THE_END.toNanos();
        synchronized (this) {
            for (Thread worker : workers.values()) {
                join(worker, deadline);
            }
        }
        try {
            parts.keeper().leave();
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

package org.trackerreports.fetcher.daemon;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.core.lifecycle.DaemonThreads;
import org.trackerreports.fetcher.event.DaemonListener;
import org.trackerreports.fetcher.event.TurnEnded;
import org.trackerreports.fetcher.event.TurnEnded.Work;
import org.trackerreports.store.account.AccountVersion;

/**
 * Lets the accounts take their turns, each of them one at a time: one thread waits for the next in the {@link TurnOrder}, and a limited number
 * run the turns, so an account that waits costs nothing but its place in the order. Thread-safe.
 */
final class AccountTurns {

    private static final Logger LOG = LoggerFactory.getLogger(AccountTurns.class);
    private static final Duration INTERRUPTED_LIMIT = Duration.ofSeconds(1);

    private final WorkerParts parts;
    private final BiFunction<String, Runnable, AccountWorker> makeWorker;
    private final ThreadPoolExecutor threads;
    private final Thread dispatcher = DaemonThreads.named("accounts").newThread(this::dispatch);
    private final TurnOrder order = new TurnOrder();
    private final Map<String, AccountVersion> versions = new HashMap<>();
    private final Map<String, AccountWorker> workers = new HashMap<>();
    private final Set<String> running = new TreeSet<>();
    private boolean ending;

    AccountTurns(WorkerParts parts) {
        this(parts, (alias, foundWork) -> new AccountWorker(alias, parts, foundWork), TurnThreads.start());
    }

    AccountTurns(
            WorkerParts parts, BiFunction<String, Runnable, AccountWorker> makeWorker, ThreadPoolExecutor threads) {
        this.parts = parts;
        this.makeWorker = makeWorker;
        this.threads = threads;
    }

    void start() {
        dispatcher.start();
    }

    /** Begins with new accounts, and wakes those that changed or are gone, which their next turn finds out. */
    synchronized void follow(Collection<AccountVersion> accounts) {
        if (ending) {
            return;
        }
        Set<String> gone = new HashSet<>(versions.keySet());
        for (AccountVersion account : accounts) {
            gone.remove(account.alias());
            AccountVersion before = versions.put(account.alias(), account);
            if (!workers.containsKey(account.alias())) {
                begin(account.alias());
            } else if (!account.equals(before)) {
                wake(account.alias());
            }
        }
        versions.keySet().removeAll(gone);
        gone.forEach(this::wake);
    }

    private void begin(String alias) {
        workers.put(alias, makeWorker.apply(alias, () -> foundWork(alias)));
        LOG.info("Account {}: worker started.", alias);
        wake(alias);
    }

    private void wake(String alias) {
        order.wake(alias, System.nanoTime());
        notifyAll();
    }

    private synchronized void foundWork(String alias) {
        order.foundWork(alias, System.nanoTime());
        notifyAll();
    }

    private void dispatch() {
        for (Optional<AccountWorker> next = next(); next.isPresent(); next = next()) {
            AccountWorker worker = next.get();
            try {
                threads.execute(() -> run(worker));
            } catch (RejectedExecutionException e) {
                LOG.debug("Account {}: no turn, because the daemon ends.", worker.alias());
            }
        }
    }

    /** Waits for the next account; empty at the end. */
    private synchronized Optional<AccountWorker> next() {
        try {
            while (!ending) {
                Optional<AccountWorker> next = order.take(System.nanoTime()).map(workers::get);
                if (next.isPresent()) {
                    return next;
                }
                TimeUnit.NANOSECONDS.timedWait(
                        this, order.untilNext(System.nanoTime()).toNanos());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    private void run(AccountWorker worker) {
        if (!begun(worker)) {
            return;
        }
        // After an error that is no exception, the account goes on, too.
        TurnEnded turn = new TurnEnded(worker.alias(), Work.FAILED, AccountWorker.PAUSE_AFTER_FAILURE);
        try {
            turn = worker.takeTurn();
        } finally {
            ended(worker, turn);
        }
    }

    private synchronized boolean begun(AccountWorker worker) {
        Thread.currentThread().setName("account-" + worker.alias());
        return !ending && !parts.stop().stopping() && running.add(worker.alias());
    }

    /** Puts the account into the order again, unless it is gone. Told before the next turn can end, so that listeners have the latest. */
    private synchronized void ended(AccountWorker worker, TurnEnded turn) {
        long now = System.nanoTime();
        String alias = worker.alias();
        running.remove(alias);
        notifyAll();
        if (worker.isGone()) {
            workers.remove(alias);
            boolean woken = order.remove(alias, now);
            if (woken && versions.containsKey(alias)) {
                // Added again meanwhile, which nothing tells a second time.
                begin(alias);
            } else {
                versions.remove(alias);
            }
            return;
        }
        Duration next = turn.work() == Work.NOTHING_DUE
                ? order.foundNothing(alias, turn.next(), now)
                : order.ended(alias, turn.next(), now);
        parts.listeners().tell(DaemonListener::turnEnded, new TurnEnded(alias, turn.work(), next));
    }

    /** Begins no turn, and ends those that run: by themselves if they do until the deadline, otherwise by ending their calls. */
    void end(Instant deadline) {
        synchronized (this) {
            ending = true;
            notifyAll();
        }
        threads.shutdown();
        if (awaitEnd(Duration.between(parts.clock().instant(), deadline))) {
            return;
        }
        for (String alias : running()) {
            LOG.info("Account {} is in the middle of a call, which is ended.", alias);
        }
        threads.shutdownNow();
        if (!awaitEnd(INTERRUPTED_LIMIT)) {
            LOG.warn("Not all accounts ended their turns in time. Their leases are returned when they expire.");
        }
    }

    private synchronized List<String> running() {
        return List.copyOf(running);
    }

    private boolean awaitEnd(Duration limit) {
        try {
            return threads.awaitTermination(Math.max(1, limit.toMillis()), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

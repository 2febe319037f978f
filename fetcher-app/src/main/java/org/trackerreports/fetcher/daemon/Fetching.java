package org.trackerreports.fetcher.daemon;

import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.core.account.AccountStates;
import org.trackerreports.fetcher.event.DaemonListener;
import org.trackerreports.queue.QueueSettings;
import org.trackerreports.queue.QueueUnavailableException;
import org.trackerreports.store.account.AccountVersion;
import org.trackerreports.store.account.AccountsMark;
import org.trackerreports.store.error.StoreException;

/**
 * The role {@code fetch}: fills the queue, lets each account take its turns, sends heartbeats and reconciles the queue. Start it once;
 * {@link #end} may be called from any thread.
 */
final class Fetching {

    private static final Logger LOG = LoggerFactory.getLogger(Fetching.class);
    private static final Duration CHECK_PERIOD = Duration.ofSeconds(2);

    /** How soon other instances follow stricter limits of this one. */
    private static final Duration ANNOUNCE_PERIOD = Duration.ofMinutes(1);

    private final AccountStates states;
    private final HistoryMaintenance history;
    private final WorkerParts parts;
    private final QueueReconciler reconciler;
    private final SpoolDrain drain;
    private final PeriodicTasks tasks;
    private final Duration beat;
    private final Duration verify;
    private final AccountTurns turns;
    private Optional<AccountsMark> followed = Optional.empty();
    private boolean saidNoAccount;
    private volatile boolean verifyNow;

    @Inject
    Fetching(
            AccountStates states,
            HistoryMaintenance history,
            WorkerParts parts,
            QueueReconciler reconciler,
            SpoolDrain drain,
            PeriodicTasks tasks,
            QueueSettings queue,
            VerifyInterval verify) {
        this.states = states;
        this.history = history;
        this.parts = parts;
        this.turns = new AccountTurns(parts);
        this.reconciler = reconciler;
        this.drain = drain;
        this.tasks = tasks;
        this.beat = queue.heartbeatTimeout().dividedBy(3);
        this.verify = verify.duration();
    }

    /**
     * How often the queue is reconciled. A type of its own, so that it cannot be confused with another duration.
     *
     * @param duration more than zero
     */
    record VerifyInterval(Duration duration) {}

    /** Starts. Returns when the accounts take their turns. If a server was lost again since the start, the queue is filled when it is back. */
    void start() {
        surviveOutage(reconciler::verify);
        surviveOutage(parts.budget()::announce);
        tasks.every(beat, this::beat);
        tasks.every(ANNOUNCE_PERIOD, parts.budget()::announce);
        tasks.every(verify, reconciler::verify);
        history.start();
        turns.start();
        tasks.every(CHECK_PERIOD, drain::drain);
        tasks.every(CHECK_PERIOD, this::check);
        surviveOutage(this::check);
    }

    /** The periodic tasks repeat the step when the outage is over. */
    private void surviveOutage(Runnable step) {
        try {
            step.run();
        } catch (QueueUnavailableException e) {
            parts.outages().failed(e);
        } catch (StoreException e) {
            if (!e.worthRepeating()) {
                throw e;
            }
            parts.outages().failed(e);
        }
    }

    private void beat() {
        try {
            reconciler.beat();
        } finally {
            parts.listeners().tell(DaemonListener::heartbeatSent);
        }
        if (parts.outages().queue().over()) {
            // Left to the other task: reconciling a million trackers must not delay heartbeats.
            verifyNow = true;
        }
    }

    /** Follows changes in the database, which also detects the end of an outage. */
    private void check() {
        if (!parts.outages().database().untilNextAttempt().isZero()) {
            return;
        }
        followAccounts();
        // While answers wait, storing one of them shows whether the database is available again.
        if (drain.isDone() && parts.outages().database().over()) {
            verifyNow = true;
        }
        if (verifyNow) {
            verifyNow = false;
            reconciler.verify();
        } else {
            reconciler.follow();
        }
    }

    private void followAccounts() {
        AccountsMark mark = states.mark();
        if (followed.equals(Optional.of(mark))) {
            return;
        }
        List<AccountVersion> accounts = states.versions();
        turns.follow(accounts);
        followed = Optional.of(mark);
        if (accounts.isEmpty() && !saidNoAccount) {
            saidNoAccount = true;
            // How every new installation begins; health warns of it.
            LOG.info("There is no account yet. Sign in on the set-up page, or: findmy tools login --account main");
        }
    }

    private void withdraw() {
        if (!parts.outages().database().untilNextAttempt().isZero()) {
            // A call would delay the end. The limits of this instance count for another hour.
            return;
        }
        try {
            parts.budget().withdraw();
        } catch (StoreException e) {
            LOG.debug("The limits of this instance count for another hour.", e);
        }
    }

    /** Makes no new requests, finishes the running ones unless they take too long, and returns all other leases. */
    void end(Instant deadline) {
        tasks.stop();
        history.close();
        turns.end(deadline);
        try {
            reconciler.leave();
        } catch (QueueUnavailableException e) {
            LOG.info("Redis is unavailable. Leases are returned when they expire.");
        }
        withdraw();
    }
}

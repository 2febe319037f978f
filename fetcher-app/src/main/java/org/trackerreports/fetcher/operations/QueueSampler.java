package org.trackerreports.fetcher.operations;

import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.core.account.AccountBudget;
import org.trackerreports.core.failure.Failures;
import org.trackerreports.core.text.Printable;
import org.trackerreports.fetcher.operations.Sample.AccountSample;
import org.trackerreports.queue.QueueStatistics;
import org.trackerreports.queue.QueueUnavailableException;
import org.trackerreports.queue.QueuedId;
import org.trackerreports.queue.TrackerQueue;
import org.trackerreports.store.account.Account;
import org.trackerreports.store.account.AccountsMark;

/** Takes the part of a sample that is in Redis. Used by one thread. */
final class QueueSampler {

    private static final Logger LOG = LoggerFactory.getLogger(QueueSampler.class);

    private final TrackerQueue queue;
    private final AccountSamples accounts;
    private final Clock clock;
    private long damaged;

    @Inject
    QueueSampler(TrackerQueue queue, AccountBudget budgets, Clock clock) {
        this.queue = queue;
        this.accounts = new AccountSamples(budgets::states, budgets::rule);
        this.clock = clock;
    }

    /**
     * What is in Redis.
     *
     * @param failure why it is unavailable; empty if it is available
     */
    record State(
            Optional<String> failure,
            Optional<QueueStatistics> statistics,
            Optional<Duration> oldestAttempt,
            List<AccountSample> accounts) {

        static final State NOT_NEEDED = new State(Optional.empty(), Optional.empty(), Optional.empty(), List.of());
    }

    /**
     * Takes it.
     *
     * @param mark another one whenever one of the accounts changed
     */
    State take(List<Account> all, Optional<AccountsMark> mark) {
        try {
            QueueStatistics statistics = queue.statistics();
            sayDamaged(statistics);
            Optional<Duration> oldestAttempt = oldestAttempt(statistics);
            return new State(
                    Optional.empty(),
                    Optional.of(statistics),
                    oldestAttempt,
                    accounts.take(all, mark, clock.instant()));
        } catch (QueueUnavailableException e) {
            return new State(
                    Optional.of(Failures.message(e)),
                    Optional.empty(),
                    Optional.empty(),
                    accounts.takeWithoutBudgets(all, mark, clock.instant()));
        }
    }

    /** The tracker goes on, so nothing else would tell that somebody else writes there. */
    private void sayDamaged(QueueStatistics statistics) {
        long now = statistics.counters().getOrDefault("damaged", 0L);
        if (now > damaged) {
            LOG.warn(
                    "Redis: {} records of trackers were damaged so far, the last one that of \"{}\". They begin anew. Find what else"
                            + " writes under QUEUE_PREFIX, or choose another prefix.",
                    now,
                    Printable.brief(statistics.lastDamaged().orElse("?")));
        }
        damaged = now;
    }

    /** A tracker without an attempt counts from when it became due. */
    private Optional<Duration> oldestAttempt(QueueStatistics statistics) {
        return statistics
                .oldestOverdue()
                .map(overdue -> queue.details(overdue.id())
                        .flatMap(QueuedId::lastAttempt)
                        .map(attempt -> Duration.between(attempt, statistics.at()))
                        .orElse(overdue.by()));
    }
}

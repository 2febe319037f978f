package org.trackerreports.fetcher.operations;

import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.core.account.AccountBudget;
import org.trackerreports.core.failure.Failures;
import org.trackerreports.core.text.Printable;
import org.trackerreports.core.time.Times;
import org.trackerreports.fetcher.operations.Sample.AccountSample;
import org.trackerreports.fetcher.operations.Sample.Budget;
import org.trackerreports.queue.BudgetRule;
import org.trackerreports.queue.BudgetState;
import org.trackerreports.queue.QueueStatistics;
import org.trackerreports.queue.QueueUnavailableException;
import org.trackerreports.queue.QueuedId;
import org.trackerreports.queue.TrackerQueue;
import org.trackerreports.store.account.Account;

/** Takes the part of a sample that is in Redis. Used by one thread. */
final class QueueSampler {

    private static final Logger LOG = LoggerFactory.getLogger(QueueSampler.class);

    private final TrackerQueue queue;
    private final AccountBudget budgets;
    private final KnownBudgets known;
    private final Clock clock;
    private long damaged;

    @Inject
    QueueSampler(TrackerQueue queue, AccountBudget budgets, Clock clock) {
        this.queue = queue;
        this.budgets = budgets;
        this.known = new KnownBudgets(budgets::state);
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

    State take(List<Account> accounts) {
        List<AccountSample> samples = new ArrayList<>();
        try {
            QueueStatistics statistics = queue.statistics();
            sayDamaged(statistics);
            Optional<Duration> oldestAttempt = oldestAttempt(statistics);
            known.follow(accounts);
            for (Account account : accounts) {
                samples.add(sample(account, known.of(account)));
            }
            return new State(Optional.empty(), Optional.of(statistics), oldestAttempt, List.copyOf(samples));
        } catch (QueueUnavailableException e) {
            return new State(
                    Optional.of(Failures.message(e)),
                    Optional.empty(),
                    Optional.empty(),
                    accounts.stream()
                            .map(account -> sample(account, Optional.empty()))
                            .toList());
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

    private AccountSample sample(Account account, Optional<BudgetState> state) {
        Instant coolDownUntil = Times.max(
                account.coolDownUntil().orElse(Instant.EPOCH),
                state.flatMap(BudgetState::coolDownUntil).orElse(Instant.EPOCH));
        return new AccountSample(
                account.alias(),
                account.withCoolDownUntil(Optional.of(coolDownUntil)).stateAt(clock.instant()),
                account.lastError(),
                state.map(read -> budget(read, coolDownUntil)));
    }

    private Budget budget(BudgetState state, Instant coolDownUntil) {
        BudgetRule rule = budgets.rule();
        int max = rule.maxPerPeriod() - rule.manualReserve();
        Instant afterGap =
                state.lastGranted().map(last -> last.plus(rule.minGap())).orElse(Instant.EPOCH);
        return new Budget(
                Math.max(0, max - state.used()), max, Times.max(afterGap, coolDownUntil), state.lastGranted());
    }
}

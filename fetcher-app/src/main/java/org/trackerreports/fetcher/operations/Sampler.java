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
import org.trackerreports.fetcher.operations.Sample.TrackerNumbers;
import org.trackerreports.queue.BudgetRule;
import org.trackerreports.queue.BudgetState;
import org.trackerreports.queue.QueueStatistics;
import org.trackerreports.queue.QueueUnavailableException;
import org.trackerreports.queue.QueuedId;
import org.trackerreports.queue.TrackerQueue;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.account.Account;
import org.trackerreports.store.error.StoreException;
import org.trackerreports.store.history.StoreCounts;
import org.trackerreports.store.schema.DatabaseProblem;

/**
 * Takes samples. A sample costs one or two short queries and a few calls to Redis, however many trackers there are; trackers are counted,
 * and TimescaleDB is looked at, once a minute. Samples are taken by one thread; any thread may read the latest.
 */
final class Sampler {

    private static final Logger LOG = LoggerFactory.getLogger(Sampler.class);
    private static final Duration COUNT_TRACKERS = Duration.ofMinutes(1);

    private final ReportStore store;
    private final TrackerQueue queue;
    private final AccountBudget budgets;
    private final Clock clock;
    private volatile Optional<Sample> latest = Optional.empty();
    private List<Account> accounts = List.of();
    private List<DatabaseProblem> problems = List.of();
    private Optional<TrackerNumbers> trackers = Optional.empty();
    private Instant countedAt = Instant.MIN;
    private long damaged;

    @Inject
    Sampler(ReportStore store, TrackerQueue queue, AccountBudget budgets, Clock clock) {
        this.store = store;
        this.queue = queue;
        this.budgets = budgets;
        this.clock = clock;
    }

    /** The latest sample; empty before the first. */
    Optional<Sample> latest() {
        return latest;
    }

    /** Takes a sample. */
    Sample take() {
        Optional<String> databaseFailure = readDatabase();
        Optional<String> queueFailure = Optional.empty();
        Optional<QueueStatistics> statistics = Optional.empty();
        Optional<Duration> oldestAttempt = Optional.empty();
        List<AccountSample> samples = new ArrayList<>();
        try {
            statistics = Optional.of(queue.statistics());
            sayDamaged(statistics.get());
            oldestAttempt = oldestAttempt(statistics.get());
            for (Account account : accounts) {
                samples.add(sample(account, Optional.of(budgets.state(account))));
            }
        } catch (QueueUnavailableException e) {
            queueFailure = Optional.of(Failures.message(e));
            samples.clear();
            accounts.forEach(account -> samples.add(sample(account, Optional.empty())));
        }
        Sample sample = new Sample(
                clock.instant(),
                databaseFailure,
                problems,
                queueFailure,
                trackers,
                statistics,
                oldestAttempt,
                List.copyOf(samples));
        latest = Optional.of(sample);
        return sample;
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

    private Optional<String> readDatabase() {
        try {
            accounts = store.accounts().list();
            Instant now = clock.instant();
            if (trackers.isEmpty() || !now.isBefore(countedAt.plus(COUNT_TRACKERS))) {
                StoreCounts counts = store.history().counts(now);
                trackers = Optional.of(new TrackerNumbers(counts.enabledTrackers(), counts.disabledTrackers()));
                problems = store.problems();
                countedAt = now;
            }
            return Optional.empty();
        } catch (StoreException e) {
            return Optional.of(Failures.message(e));
        }
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
                state.map(known -> budget(known, coolDownUntil)));
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

package org.trackerreports.fetcher.operations;

import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.trackerreports.core.account.AccountBudget;
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

/**
 * Looks around. Each look costs one or two short questions to the database and a handful to Redis, however many trackers there are; the trackers
 * themselves are counted once a minute. Looks are made by one thread; the latest may be read by any.
 */
final class Sampler {

    private static final Duration COUNT_TRACKERS = Duration.ofMinutes(1);

    private final ReportStore store;
    private final TrackerQueue queue;
    private final AccountBudget budgets;
    private final Clock clock;
    private volatile Optional<Sample> latest = Optional.empty();
    private List<Account> accounts = List.of();
    private Optional<TrackerNumbers> trackers = Optional.empty();
    private Instant countedAt = Instant.MIN;

    @Inject
    Sampler(ReportStore store, TrackerQueue queue, AccountBudget budgets, Clock clock) {
        this.store = store;
        this.queue = queue;
        this.budgets = budgets;
        this.clock = clock;
    }

    /** What the latest look showed; empty before the first. */
    Optional<Sample> latest() {
        return latest;
    }

    /** Looks around. */
    Sample look() {
        Optional<String> databaseTrouble = readDatabase();
        Optional<String> queueTrouble = Optional.empty();
        Optional<QueueStatistics> statistics = Optional.empty();
        Optional<Duration> oldestAttempt = Optional.empty();
        List<AccountSample> samples = new ArrayList<>();
        try {
            statistics = Optional.of(queue.statistics());
            oldestAttempt = oldestAttempt(statistics.get());
            for (Account account : accounts) {
                samples.add(sample(account, Optional.of(budgets.state(account.alias()))));
            }
        } catch (QueueUnavailableException e) {
            queueTrouble = Optional.of(e.getMessage());
            samples.clear();
            accounts.forEach(account -> samples.add(sample(account, Optional.empty())));
        }
        Sample sample = new Sample(
                clock.instant(),
                databaseTrouble,
                queueTrouble,
                trackers,
                statistics,
                oldestAttempt,
                List.copyOf(samples));
        latest = Optional.of(sample);
        return sample;
    }

    private Optional<String> readDatabase() {
        try {
            accounts = store.accounts().list();
            Instant now = clock.instant();
            if (trackers.isEmpty() || !now.isBefore(countedAt.plus(COUNT_TRACKERS))) {
                StoreCounts counts = store.history().counts(now);
                trackers = Optional.of(new TrackerNumbers(counts.enabledTrackers(), counts.disabledTrackers()));
                countedAt = now;
            }
            return Optional.empty();
        } catch (StoreException e) {
            return Optional.of(e.getMessage());
        }
    }

    /** A tracker that was never tried counts from when its turn came. */
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
        int most = rule.maxPerPeriod() - rule.manualReserve();
        Instant afterGap =
                state.lastGranted().map(last -> last.plus(rule.minGap())).orElse(Instant.EPOCH);
        return new Budget(
                Math.max(0, most - state.used()), most, Times.max(afterGap, coolDownUntil), state.lastGranted());
    }
}

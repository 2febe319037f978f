package org.trackerreports.fetcher.operations;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.trackerreports.fetcher.operations.Sample.AccountSample;
import org.trackerreports.fetcher.operations.Sample.FeedSample;
import org.trackerreports.queue.QueueStatistics;
import org.trackerreports.store.account.AccountState;
import org.trackerreports.store.schema.DatabaseProblem;

/** Gauges of the latest sample. An unknown figure has no value. Used by one thread. */
final class SampleGauges {

    private final MultiGauge trackers;
    private final MultiGauge queueTrackers;
    private final MultiGauge queueFailing;
    private final MultiGauge queueWorkers;
    private final MultiGauge overdue;
    private final MultiGauge oldestAttempt;
    private final MultiGauge accounts;
    private final MultiGauge accountState;
    private final MultiGauge budgetLeft;
    private final MultiGauge nextRequest;
    private final MultiGauge dependencyUp;
    private final MultiGauge databaseProblems;
    private final MultiGauge feedLagEvents;
    private final MultiGauge feedLagSeconds;
    private final MultiGauge feedJudged;
    private final MultiGauge storedBefore;
    private final MultiGauge healthy;
    private final SinkGauges sinks;

    @Inject
    SampleGauges(MeterRegistry registry) {
        trackers = gauge(registry, "trackers", "Number of trackers in the database, by state.");
        queueTrackers = gauge(registry, "queue.trackers", "Number of trackers in the queue, by state.");
        queueFailing = gauge(
                registry,
                "queue.failing.trackers",
                "Number of trackers whose last attempt failed because of the tracker itself, including parked ones.");
        queueWorkers = gauge(registry, "queue.workers", "Number of instances with a current heartbeat.");
        overdue = gauge(registry, "queue.overdue.seconds", "Time for which the longest overdue tracker has been due.");
        oldestAttempt = gauge(
                registry,
                "oldest.attempt.age.seconds",
                "Time since the last attempt for the longest overdue tracker. 0 if none is due.");
        accounts = gauge(registry, "accounts", "Number of accounts, by state.");
        accountState = gauge(
                registry,
                "account.state",
                "1 for the current state of the account. Of more than " + Sample.MOST_ACCOUNTS
                        + " accounts, only those that are not ready are shown, here and in the other figures of an account.");
        budgetLeft = gauge(
                registry,
                "account.budget.left",
                "Number of requests that the daemon may still make in the current period.");
        nextRequest =
                gauge(registry, "account.next.request.seconds", "Time until the account may make its next request.");
        dependencyUp = gauge(registry, "dependency.up", "1 if the dependency is available.");
        databaseProblems = gauge(
                registry,
                "database.problems",
                "Number of failing jobs of TimescaleDB (kind job), and 1 if its licence refuses the history (kind licence).");
        feedLagEvents = gauge(registry, "feed.lag.events", "Number of events in the feed that are not judged.");
        feedLagSeconds =
                gauge(registry, "feed.lag.seconds", "Time since the oldest event that is not judged was stored.");
        feedJudged = gauge(
                registry,
                "feed.judged",
                "1 if a process with the role move was heard of within the last three minutes.");
        storedBefore = gauge(
                registry,
                "stored.before.trackers",
                "Number of trackers that wait for the judgement of reports from before there was one.");
        sinks = new SinkGauges(registry);
        healthy = gauge(registry, "healthy", "1 if the health page of this name returns 200.");
    }

    private static MultiGauge gauge(MeterRegistry registry, String name, String description) {
        return MultiGauge.builder(FetcherMetrics.name(name))
                .description(description)
                .register(registry);
    }

    void show(Sample sample, boolean live, boolean ready) {
        set(healthy, row("probe", "live", live ? 1 : 0), row("probe", "ready", ready ? 1 : 0));
        Row<Number> database =
                row("dependency", "database", sample.databaseFailure().isEmpty() ? 1 : 0);
        if (sample.needsQueue()) {
            set(
                    dependencyUp,
                    database,
                    row("dependency", "queue", sample.queueFailure().isEmpty() ? 1 : 0));
        } else {
            set(dependencyUp, database);
        }
        set(
                databaseProblems,
                problems(sample, DatabaseProblem.Kind.JOB),
                problems(sample, DatabaseProblem.Kind.LICENCE));
        sample.trackers()
                .ifPresent(known -> set(
                        trackers,
                        row("state", "enabled", known.enabled()),
                        row("state", "disabled", known.disabled())));
        sample.feed().ifPresent(this::showFeed);
        sinks.show(sample.sinks());
        showQueue(sample);
        showAccounts(sample.accounts(), sample.at());
    }

    private static Row<Number> problems(Sample sample, DatabaseProblem.Kind kind) {
        long count = sample.databaseProblems().stream()
                .filter(problem -> problem.kind() == kind)
                .count();
        return row("kind", kind.name().toLowerCase(Locale.ROOT), count);
    }

    private void showFeed(FeedSample feed) {
        set(feedLagEvents, Row.of(Tags.empty(), feed.lagEvents()));
        set(feedLagSeconds, Row.of(Tags.empty(), seconds(Optional.of(feed.lag()))));
        set(feedJudged, Row.of(Tags.empty(), feed.judged() ? 1 : 0));
        set(storedBefore, Row.of(Tags.empty(), feed.storedBefore()));
    }

    private void showQueue(Sample sample) {
        Optional<QueueStatistics> queue = sample.queue();
        if (queue.isEmpty()) {
            Stream.of(queueTrackers, queueFailing, queueWorkers, overdue, oldestAttempt)
                    .forEach(SampleGauges::set);
            return;
        }
        QueueStatistics known = queue.get();
        set(
                queueTrackers,
                row("state", "waiting", known.waiting() - known.due()),
                row("state", "due", known.due()),
                row("state", "leased", known.leased()),
                row("state", "paused", known.pausedIds()),
                row("state", "parked", known.parked()));
        set(queueFailing, Row.of(Tags.empty(), known.failing()));
        set(queueWorkers, Row.of(Tags.empty(), known.workers()));
        set(overdue, Row.of(Tags.empty(), seconds(known.oldestOverdue().map(QueueStatistics.Overdue::by))));
        set(oldestAttempt, Row.of(Tags.empty(), seconds(sample.oldestAttempt())));
    }

    private void showAccounts(List<AccountSample> all, Instant now) {
        Map<AccountState, Long> numbers =
                all.stream().collect(Collectors.groupingBy(AccountSample::state, Collectors.counting()));
        accounts.register(
                Stream.of(AccountState.values())
                        .map(state -> row("state", name(state), numbers.getOrDefault(state, 0L)))
                        .toList(),
                true);
        List<Row<?>> states = new ArrayList<>();
        List<Row<?>> left = new ArrayList<>();
        List<Row<?>> waits = new ArrayList<>();
        for (AccountSample account : shown(all)) {
            Tags alias = Tags.of("account", account.alias());
            for (AccountState state : AccountState.values()) {
                states.add(Row.of(alias.and("state", name(state)), account.state() == state ? 1 : 0));
            }
            account.budget().ifPresent(budget -> {
                left.add(Row.of(alias, budget.left()));
                Duration wait = Duration.between(now, budget.nextRequest());
                waits.add(Row.of(alias, wait.isNegative() ? 0 : seconds(Optional.of(wait))));
            });
        }
        accountState.register(states, true);
        budgetLeft.register(left, true);
        nextRequest.register(waits, true);
    }

    /** Series of thousands of accounts would cost more than fetching, and nobody could look at them. */
    private static List<AccountSample> shown(List<AccountSample> all) {
        return all.size() <= Sample.MOST_ACCOUNTS
                ? all
                : all.stream()
                        .filter(account -> account.state() != AccountState.READY)
                        .limit(Sample.MOST_ACCOUNTS)
                        .toList();
    }

    private static String name(AccountState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static double seconds(Optional<Duration> duration) {
        return duration.map(known -> known.toMillis() / 1_000.0).orElse(0.0);
    }

    private static Row<Number> row(String label, String value, Number number) {
        return Row.of(Tags.of(label, value), number);
    }

    private static void set(MultiGauge gauge, Row<?>... rows) {
        gauge.register(List.of(rows), true);
    }
}

package org.trackerreports.fetcher.operations;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.trackerreports.fetcher.event.SpoolChanged;
import org.trackerreports.fetcher.operations.Activity.Snapshot;
import org.trackerreports.fetcher.operations.Sample.AccountSample;
import org.trackerreports.queue.QueueStatistics;

/** Whether the daemon has what it needs: the database, Redis, accounts, and room for answers. Used by one thread. */
final class ReadinessChecks {

    private final HealthRules rules;
    private Optional<Instant> emptySince = Optional.empty();

    ReadinessChecks(HealthRules rules) {
        this.rules = rules;
    }

    List<HealthCheck> of(Sample sample, Snapshot done, Instant now) {
        List<HealthCheck> checks = new ArrayList<>();
        checks.add(sample.databaseTrouble()
                .map(trouble -> HealthCheck.fail(
                        "database",
                        trouble,
                        "Start PostgreSQL or correct DB_HOST and DB_PORT; the daemon goes on by itself."))
                .orElse(HealthCheck.ok("database", "answers")));
        checks.add(queue(sample, now));
        checks.addAll(accounts(sample.accounts()));
        checks.add(coverage(sample));
        done.spool().ifPresent(spool -> checks.add(spool(spool)));
        return checks;
    }

    private HealthCheck queue(Sample sample, Instant now) {
        if (sample.queue().isEmpty()) {
            return HealthCheck.fail(
                    "queue",
                    sample.queueTrouble().orElse("Redis does not answer"),
                    "Start Redis or correct REDIS_URL; the daemon goes on by itself.");
        }
        QueueStatistics queue = sample.queue().get();
        long expected = sample.trackers().map(Sample.TrackerNumbers::enabled).orElse(0L);
        emptySince = queue.ids() == 0 && expected > 0 ? Optional.of(emptySince.orElse(now)) : Optional.empty();
        if (emptySince
                .filter(since -> Duration.between(since, now).compareTo(rules.emptyQueueLimit()) > 0)
                .isPresent()) {
            return HealthCheck.fail(
                    "queue",
                    "the queue is empty since " + Texts.time(emptySince.get()) + ", but the database has " + expected
                            + " trackers",
                    "Restart the daemon; its log says why the queue was not filled.");
        }
        if (queue.paused()) {
            return HealthCheck.warn("queue", "all work is paused by hand", "Run: findmy tools queue resume --all");
        }
        if (queue.parked() > 0) {
            return HealthCheck.warn(
                    "queue",
                    queue.parked() + " trackers failed too often and wait for a person",
                    "See which and why: findmy tools queue --help");
        }
        return HealthCheck.ok(
                "queue",
                "answers; " + queue.ids() + " trackers, " + queue.due() + " due, " + queue.leased() + " at work, "
                        + queue.workers() + " workers");
    }

    private static List<HealthCheck> accounts(List<AccountSample> accounts) {
        if (accounts.isEmpty()) {
            return List.of(
                    HealthCheck.fail("accounts", "there is no account", "Run: findmy tools login --account main"));
        }
        boolean one = accounts.stream().anyMatch(account -> account.state().mayAskByItself());
        return accounts.stream().map(account -> account(account, one)).toList();
    }

    /** An account that waits for a person is a failure only if nobody does its work. */
    private static HealthCheck account(AccountSample account, boolean othersWork) {
        String name = "account:" + account.alias();
        String because = account.lastError().map(error -> ": " + error).orElse("");
        String login = "Run: findmy tools login --account " + account.alias();
        return switch (account.state()) {
            case READY -> HealthCheck.ok(name, "ready" + budget(account));
            case COOLING_DOWN -> HealthCheck.warn(name, "rests" + budget(account), "Nothing; it goes on by itself.");
            case PAUSED ->
                HealthCheck.warn(name, "paused by hand", "Run: findmy tools accounts resume " + account.alias());
            case NEEDS_LOGIN -> waits(name, "needs a login" + because, login, othersWork);
            case NEEDS_SECOND_FACTOR -> waits(name, "needs a verification code" + because, login, othersWork);
            case LOCKED ->
                waits(
                        name,
                        "locked by the service" + because,
                        "Unlock it at the service in a browser, then run: findmy tools login --account "
                                + account.alias(),
                        othersWork);
        };
    }

    private static HealthCheck waits(String name, String cause, String next, boolean othersWork) {
        return othersWork ? HealthCheck.warn(name, cause, next) : HealthCheck.fail(name, cause, next);
    }

    private static String budget(AccountSample account) {
        return account.budget()
                .map(budget -> ", " + budget.left() + " of " + budget.most() + " requests left, the next "
                        + (budget.nextRequest().equals(Instant.EPOCH)
                                ? "now"
                                : "from " + Texts.time(budget.nextRequest())))
                .orElse("");
    }

    private HealthCheck coverage(Sample sample) {
        Optional<Duration> oldest = sample.oldestAttempt().filter(age -> age.compareTo(rules.coverageLimit()) > 0);
        return oldest.map(age -> HealthCheck.warn(
                        "coverage",
                        "a tracker waits since its last attempt " + age.toMinutes() + " min ago; meant are "
                                + rules.requestInterval().toMinutes() + " min",
                        "Add an account, raise REQUEST_INTERVAL_HOURS, or disable trackers."))
                .orElse(HealthCheck.ok("coverage", "every tracker has its turn in time"));
    }

    private static HealthCheck spool(SpoolChanged spool) {
        if (spool.bytes() >= spool.limit()) {
            return HealthCheck.fail(
                    "spool",
                    spool.answers() + " answers wait for the database, as many as are allowed; no more are asked for",
                    "Bring the database back.");
        }
        if (spool.setAside() > 0) {
            return HealthCheck.warn(
                    "spool", spool.setAside() + " kept answers could not be read and were put aside", "See the log.");
        }
        return HealthCheck.ok("spool", spool.answers() + " answers wait for the database");
    }
}

package org.trackerreports.fetcher.operations;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.trackerreports.core.config.Role;
import org.trackerreports.core.time.Times;
import org.trackerreports.fetcher.event.SpoolChanged;
import org.trackerreports.fetcher.operations.Activity.Snapshot;
import org.trackerreports.fetcher.operations.Sample.AccountSample;
import org.trackerreports.fetcher.operations.Sample.FeedSample;
import org.trackerreports.fetcher.operations.Sample.SinkSample;
import org.trackerreports.queue.QueueStatistics;
import org.trackerreports.store.account.AccountState;
import org.trackerreports.store.schema.DatabaseProblem;

/**
 * Checks what the daemon needs: the database, Redis, and space for answers. What all instances share and only a person can change, such as
 * an account that needs a login, is a warning: an orchestrator that took every instance out of service for it would stop the work of the
 * other accounts and could neither update nor move an instance. Used by one thread.
 */
final class ReadinessChecks {

    private static final Duration MAX_CLOCK_DIFFERENCE = Duration.ofMinutes(1);

    private final HealthRules rules;
    private Optional<Instant> emptySince = Optional.empty();

    ReadinessChecks(HealthRules rules) {
        this.rules = rules;
    }

    List<HealthCheck> of(Sample sample, Snapshot done, Instant now) {
        List<HealthCheck> checks = new ArrayList<>();
        checks.add(sample.databaseFailure()
                .map(failure -> HealthCheck.fail(
                        "database",
                        failure,
                        "Start PostgreSQL, or correct DB_HOST and DB_PORT. The daemon continues by itself."))
                .orElse(HealthCheck.ok("database", "available")));
        sample.databaseProblems().stream()
                .findFirst()
                .ifPresent(problem -> checks.add(history(problem, sample.databaseProblems())));
        if (rules.roles().contains(Role.FETCH)) {
            checks.add(queue(sample, now));
            checks.addAll(accounts(sample.accounts(), now));
            checks.add(coverage(sample));
        }
        sample.feed().ifPresent(feed -> checks.add(feed(feed)));
        sample.sinks().forEach(sink -> checks.add(sink(sink)));
        done.spool().ifPresent(spool -> checks.add(spool(spool)));
        return checks;
    }

    private static HealthCheck history(DatabaseProblem first, List<DatabaseProblem> all) {
        String meanwhile = switch (first.kind()) {
            case LICENCE -> "";
            case JOB -> " Meanwhile the daemon refreshes hours and days by itself.";
        };
        return HealthCheck.warn(
                "history",
                all.stream().map(DatabaseProblem::found).collect(Collectors.joining("; ")),
                first.nextStep() + meanwhile);
    }

    private static HealthCheck feed(FeedSample feed) {
        String waiting =
                feed.lagEvents() + " events wait, the oldest for " + feed.lag().toSeconds() + " s";
        if (feed.lagEvents() > 0 && !feed.judged()) {
            return HealthCheck.warn(
                    "feed",
                    "no process with the role move was heard of for three minutes; " + waiting,
                    "Start one on this database: findmy fetcher --roles move. Until then positions are not judged, and nobody"
                            + " is told of them.");
        }
        return HealthCheck.ok("feed", feed.lagEvents() == 0 ? "everything is judged" : waiting);
    }

    /** A sink that is down is no reason to take the daemon out of service. */
    private static HealthCheck sink(SinkSample sink) {
        String waiting = sink.lag().events() + " events wait";
        String name = sink.state().name();
        String check = "sink_" + name;
        String error = sink.state().lastError().map(found -> found + "; ").orElse("");
        if (sink.state().paused()) {
            return HealthCheck.warn(check, "it is paused; " + waiting, "Run: findmy tools sinks resume " + name);
        }
        return switch (sink.state().condition()) {
            case WORKING -> HealthCheck.ok(check, waiting);
            case WAITING ->
                HealthCheck.warn(
                        check,
                        error + waiting,
                        "Nothing is lost, and it is tried again by itself. To try now: findmy tools sinks resume "
                                + name);
            case CREDENTIALS ->
                HealthCheck.warn(
                        check,
                        "it refuses the credentials: " + error + waiting,
                        "Correct the files that " + name + ".conf names, and run: findmy tools sinks resume " + name);
            case OFF ->
                HealthCheck.warn(
                        check,
                        "it wants nothing any more: " + error + waiting,
                        "Run: findmy tools sinks resume " + name + ", or: findmy tools sinks remove " + name);
        };
    }

    private HealthCheck queue(Sample sample, Instant now) {
        if (sample.queue().isEmpty()) {
            return HealthCheck.fail(
                    "queue",
                    sample.queueFailure().orElse("Redis is unavailable"),
                    "Start Redis, or correct REDIS_URL. The daemon continues by itself.");
        }
        QueueStatistics queue = sample.queue().get();
        long expected = sample.trackers().map(Sample.TrackerNumbers::enabled).orElse(0L);
        emptySince = queue.ids() == 0 && expected > 0 ? Optional.of(emptySince.orElse(now)) : Optional.empty();
        if (emptySince
                .filter(since -> Duration.between(since, now).compareTo(rules.emptyQueueLimit()) > 0)
                .isPresent()) {
            return HealthCheck.fail(
                    "queue",
                    "the queue has been empty since " + Texts.time(emptySince.get()) + ", but the database has "
                            + expected + " trackers",
                    "Restart the daemon. Its log says why the queue was not filled.");
        }
        Duration apart = Duration.between(sample.at(), queue.at()).abs();
        if (apart.compareTo(MAX_CLOCK_DIFFERENCE) > 0) {
            return HealthCheck.warn(
                    "queue",
                    "the clock of Redis and the clock of this machine are " + apart.toSeconds() + " s apart",
                    "Synchronize the clocks of both machines. Until then accounts may wait too long.");
        }
        if (queue.paused()) {
            return HealthCheck.warn("queue", "all trackers are paused", "Run: findmy tools queue resume --all");
        }
        if (queue.parked() > 0) {
            return HealthCheck.warn(
                    "queue",
                    queue.parked() + " trackers are parked after too many failures",
                    "Run: findmy tools queue --help");
        }
        return HealthCheck.ok(
                "queue",
                "available; " + queue.ids() + " trackers, " + queue.due() + " due, " + queue.leased() + " leased, "
                        + queue.workers() + " workers");
    }

    private static List<HealthCheck> accounts(List<AccountSample> accounts, Instant now) {
        if (accounts.isEmpty()) {
            return List.of(
                    HealthCheck.warn("accounts", "there is no account", "Run: findmy tools login --account main"));
        }
        if (accounts.size() <= Sample.MOST_ACCOUNTS) {
            return accounts.stream().map(account -> account(account, now)).toList();
        }
        List<AccountSample> others = accounts.stream()
                .filter(account -> account.state() != AccountState.READY)
                .toList();
        List<HealthCheck> checks = new ArrayList<>();
        checks.add(
                HealthCheck.ok("accounts", accounts.size() - others.size() + " of " + accounts.size() + " are ready"));
        others.stream().limit(Sample.MOST_ACCOUNTS).forEach(account -> checks.add(account(account, now)));
        return checks;
    }

    private static HealthCheck account(AccountSample account, Instant now) {
        String name = "account:" + account.alias();
        String because = account.lastError().map(error -> ": " + error).orElse("");
        String login = "Run: findmy tools login --account " + account.alias();
        return switch (account.state()) {
            case READY -> HealthCheck.ok(name, "ready" + budget(account, now));
            case COOLING_DOWN ->
                HealthCheck.warn(name, "cools down" + budget(account, now), "Nothing. It continues by itself.");
            case PAUSED -> HealthCheck.warn(name, "paused", "Run: findmy tools accounts resume " + account.alias());
            case NEEDS_LOGIN -> HealthCheck.warn(name, "needs a login" + because, login);
            case NEEDS_SECOND_FACTOR -> HealthCheck.warn(name, "needs a verification code" + because, login);
            case LOCKED ->
                HealthCheck.warn(
                        name,
                        "locked by the service" + because,
                        "Unlock it on the website of the service, then run: findmy tools login --account "
                                + account.alias());
        };
    }

    private static String budget(AccountSample account, Instant now) {
        return account.budget()
                .map(budget -> ", " + budget.left() + " of " + budget.max() + " requests left, next request "
                        + next(budget, now))
                .orElse("");
    }

    private static String next(Sample.Budget budget, Instant now) {
        if (budget.left() == 0) {
            return "when the first of them is a day old";
        }
        return budget.nextRequest().isAfter(now) ? "at " + Times.text(budget.nextRequest()) : "now";
    }

    private HealthCheck coverage(Sample sample) {
        Optional<Duration> oldest = sample.oldestAttempt().filter(age -> age.compareTo(rules.coverageLimit()) > 0);
        return oldest.map(age -> HealthCheck.warn(
                        "coverage",
                        "the last attempt for a tracker was " + age.toMinutes() + " min ago; the interval is "
                                + rules.requestInterval().toMinutes() + " min",
                        "Add an account, raise REQUEST_INTERVAL_HOURS, or disable trackers."))
                .orElse(HealthCheck.ok("coverage", "every tracker is requested in time"));
    }

    private static HealthCheck spool(SpoolChanged spool) {
        if (spool.bytes() >= spool.limit()) {
            return HealthCheck.fail(
                    "spool",
                    spool.answers() + " answers wait for the database and the spool is full; no requests are made",
                    "Start PostgreSQL.");
        }
        if (spool.setAside() > 0) {
            return HealthCheck.warn(
                    "spool", spool.setAside() + " answers could not be stored and were moved aside", "See the log.");
        }
        return HealthCheck.ok("spool", spool.answers() + " answers wait for the database");
    }
}

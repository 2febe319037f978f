package org.trackerreports.fetcher.operations;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.trackerreports.core.event.RequestResult;
import org.trackerreports.fetcher.operations.Activity.Failures;
import org.trackerreports.fetcher.operations.Activity.Snapshot;
import org.trackerreports.fetcher.operations.Sample.AccountSample;
import org.trackerreports.fetcher.operations.Sample.Budget;
import org.trackerreports.queue.QueueStatistics;

/**
 * Whether work is done while there is work to do. A daemon that fetches nothing is well only as long as a rule explains it: nothing is due, the
 * accounts must wait, or what it needs is away. Used by one thread.
 */
final class ProgressCheck {

    private static final int MIN_FAILURES = 3;

    private final HealthRules rules;

    /** Since when nothing was asked without a reason. */
    private Optional<Instant> stalledSince = Optional.empty();

    ProgressCheck(HealthRules rules) {
        this.rules = rules;
    }

    /** Whether the daemon makes no request although it could. Must be called after each sample. */
    HealthCheck stalled(Sample sample, Snapshot done, Instant now) {
        Optional<String> reason = reasonToWait(sample, done, now);
        if (reason.isPresent()
                || stalledSince.filter(since -> somebodyAsked(sample, since)).isPresent()) {
            stalledSince = Optional.empty();
            return HealthCheck.ok("work", reason.orElse("the accounts are in use"));
        }
        Instant since = stalledSince.orElse(now);
        stalledSince = Optional.of(since);
        Duration lasting = Duration.between(since, now);
        if (lasting.compareTo(rules.stallLimit()) > 0) {
            return HealthCheck.fail(
                    "work",
                    "trackers are due and account " + free(sample, now) + " may ask, but nobody has asked for "
                            + lasting.toSeconds() + " s",
                    "Restart the daemon; its log says what it did last.");
        }
        return HealthCheck.ok("work", "trackers are due, and account " + free(sample, now) + " may ask");
    }

    /**
     * Whether requests are made and all of them fail.
     *
     * @param otherwise the result if they do not
     */
    HealthCheck failingRequests(Snapshot done, HealthCheck otherwise, Instant now) {
        if (done.failures().isEmpty() || done.failures().get().number() < MIN_FAILURES) {
            return otherwise;
        }
        Failures failures = done.failures().get();
        Instant since = done.lastSuccess().orElse(failures.since());
        String result = failures.latest().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        String cause = "no request was answered since " + Texts.time(since) + "; " + failures.number()
                + " failed in a row, the last one: " + result;
        return Duration.between(since, now).compareTo(rules.failingRequestsLimit()) > 0
                ? HealthCheck.fail("work", cause, next(failures.latest()))
                : HealthCheck.warn("work", cause, next(failures.latest()));
    }

    private static String next(RequestResult result) {
        return switch (result) {
            case NO_ANISETTE -> "Look whether the server that ANISETTE_SERVER names runs.";
            case UNAUTHORISED -> "Sign in anew: findmy tools login.";
            case REFUSED -> "The daemon tries again, ever more seldom. If it lasts, look at the account in a browser.";
            default ->
                "The daemon tries again by itself, ever more seldom. If it lasts, look at the network and the service.";
        };
    }

    private static Optional<String> reasonToWait(Sample sample, Snapshot done, Instant now) {
        if (sample.databaseTrouble().isPresent()) {
            return Optional.of("waits for the database");
        }
        if (sample.queue().isEmpty()) {
            return Optional.of("waits for Redis");
        }
        QueueStatistics queue = sample.queue().get();
        if (queue.paused()) {
            return Optional.of("all work is paused by hand");
        }
        if (queue.quietUntil().isAfter(queue.at())) {
            return Optional.of("Redis lost its memory; nothing is handed out until " + Texts.time(queue.quietUntil()));
        }
        if (queue.due() == 0) {
            return Optional.of("no tracker is due");
        }
        if (done.spool().filter(spool -> spool.bytes() >= spool.limit()).isPresent()) {
            return Optional.of("so many answers wait for the database that no more are asked for");
        }
        return sample.accounts().stream().noneMatch(account -> account.mayAsk(now))
                ? Optional.of("no account may ask now")
                : Optional.empty();
    }

    /** Another instance that asks shows that the accounts are not idle. */
    private static boolean somebodyAsked(Sample sample, Instant since) {
        return sample.accounts().stream()
                .map(AccountSample::budget)
                .flatMap(Optional::stream)
                .map(Budget::lastRequest)
                .flatMap(Optional::stream)
                .anyMatch(asked -> asked.isAfter(since));
    }

    private static String free(Sample sample, Instant now) {
        return sample.accounts().stream()
                .filter(account -> account.mayAsk(now))
                .map(AccountSample::alias)
                .collect(Collectors.joining(", "));
    }
}

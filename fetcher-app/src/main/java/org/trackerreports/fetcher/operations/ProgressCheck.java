package org.trackerreports.fetcher.operations;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.trackerreports.core.event.RequestResult;
import org.trackerreports.core.time.Times;
import org.trackerreports.fetcher.operations.Activity.Failures;
import org.trackerreports.fetcher.operations.Activity.Snapshot;
import org.trackerreports.fetcher.operations.Sample.AccountSample;
import org.trackerreports.fetcher.operations.Sample.Budget;
import org.trackerreports.queue.QueueStatistics;

/**
 * Checks whether the daemon makes progress. A daemon that fetches nothing is healthy only if there is a reason: nothing is due, all accounts
 * must wait, or a dependency is unavailable. Used by one thread.
 */
final class ProgressCheck {

    private static final int MIN_FAILURES = 3;
    private static final int MOST_NAMES = 10;

    private final HealthRules rules;

    /** Since when no request was made without a reason. */
    private Optional<Instant> stalledSince = Optional.empty();

    ProgressCheck(HealthRules rules) {
        this.rules = rules;
    }

    /** Whether the daemon makes no request although it could. Must be called after each sample. */
    HealthCheck stalled(Sample sample, Snapshot done, Instant now) {
        Optional<String> reason = reasonToWait(sample, done, now);
        if (reason.isPresent()
                || stalledSince.filter(since -> requestMade(sample, since)).isPresent()) {
            stalledSince = Optional.empty();
            return HealthCheck.ok("work", reason.orElse("requests are made"));
        }
        Instant since = stalledSince.orElse(now);
        stalledSince = Optional.of(since);
        Duration lasting = Duration.between(since, now);
        if (lasting.compareTo(rules.stallLimit()) > 0) {
            return HealthCheck.fail(
                    "work",
                    "trackers are due and account " + free(sample, now) + " may make a request, but none was made for "
                            + lasting.toSeconds() + " s",
                    "Restart the daemon. Its log shows what it did last.");
        }
        return HealthCheck.ok("work", "trackers are due, and account " + free(sample, now) + " may make a request");
    }

    /**
     * Whether requests are made and all of them fail. That is a warning: it has the same reason for every instance, the service, the network or
     * an account.
     *
     * @param otherwise the result if they do not
     */
    HealthCheck failingRequests(Snapshot done, HealthCheck otherwise) {
        if (done.failures().isEmpty() || done.failures().get().number() < MIN_FAILURES) {
            return otherwise;
        }
        Failures failures = done.failures().get();
        Instant since = done.lastSuccess().orElse(failures.since());
        String result = failures.latest().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        String cause = "no request succeeded since " + Texts.time(since) + "; " + failures.number()
                + " consecutive failures, the last one: " + result;
        return HealthCheck.warn("work", cause, next(failures.latest()));
    }

    private static String next(RequestResult result) {
        return switch (result) {
            case NO_ANISETTE -> "Check that the server at ANISETTE_SERVER runs.";
            case UNAUTHORISED -> "Run: findmy tools login";
            case REFUSED ->
                "The daemon retries with growing delays. If the failure persists, check the account in a browser.";
            default ->
                "The daemon retries with growing delays. If the failure persists, check the network and the service.";
        };
    }

    private static Optional<String> reasonToWait(Sample sample, Snapshot done, Instant now) {
        if (sample.databaseFailure().isPresent()) {
            return Optional.of("waiting for the database");
        }
        if (sample.queue().isEmpty()) {
            return Optional.of("waiting for Redis");
        }
        QueueStatistics queue = sample.queue().get();
        if (queue.paused()) {
            return Optional.of("all trackers are paused");
        }
        if (queue.quietUntil().isAfter(queue.at())) {
            return Optional.of(
                    "Redis lost its data; no trackers are handed out until " + Times.text(queue.quietUntil()));
        }
        if (queue.due() == 0) {
            return Optional.of("no tracker is due");
        }
        if (done.spool().filter(spool -> spool.bytes() >= spool.limit()).isPresent()) {
            return Optional.of("the spool is full");
        }
        return sample.accounts().stream().noneMatch(account -> account.mayAsk(now))
                ? Optional.of("no account may make a request now")
                : Optional.empty();
    }

    /** A request of another instance also shows that the accounts are used. */
    private static boolean requestMade(Sample sample, Instant since) {
        return sample.accounts().stream()
                .map(AccountSample::budget)
                .flatMap(Optional::stream)
                .map(Budget::lastRequest)
                .flatMap(Optional::stream)
                .anyMatch(asked -> asked.isAfter(since));
    }

    /** Names some of them: nobody reads thousands. */
    private static String free(Sample sample, Instant now) {
        List<String> free = sample.accounts().stream()
                .filter(account -> account.mayAsk(now))
                .map(AccountSample::alias)
                .toList();
        int others = free.size() - MOST_NAMES;
        String names = String.join(", ", free.subList(0, Math.min(MOST_NAMES, free.size())));
        return others > 0 ? names + " and " + others + " more" : names;
    }
}

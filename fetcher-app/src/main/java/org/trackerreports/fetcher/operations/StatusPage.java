package org.trackerreports.fetcher.operations;

import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.trackerreports.core.ProjectVersion;
import org.trackerreports.core.config.Configuration;
import org.trackerreports.core.config.OptionType;
import org.trackerreports.core.config.Options;
import org.trackerreports.core.event.BatchStored;
import org.trackerreports.core.text.JsonNames;
import org.trackerreports.fetcher.event.OutageBegan;
import org.trackerreports.fetcher.event.SpoolChanged;
import org.trackerreports.fetcher.operations.Activity.At;
import org.trackerreports.fetcher.operations.Activity.Snapshot;
import org.trackerreports.fetcher.operations.Sample.AccountSample;
import org.trackerreports.fetcher.operations.Sample.Budget;
import org.trackerreports.fetcher.operations.Sample.FeedSample;
import org.trackerreports.queue.QueueStatistics;

/** The status page for people and scripts. Contains no secrets and no trackers. Thread-safe. */
record StatusPage(Configuration configuration, Health health, Activity activity, Clock clock) {

    @Inject
    StatusPage {}

    Map<String, @Nullable Object> content() {
        Snapshot done = activity.snapshot();
        Instant now = clock.instant();
        Map<String, @Nullable Object> content = new LinkedHashMap<>();
        content.put("version", ProjectVersion.current());
        content.put("started", Texts.time(done.begun()));
        content.put("uptime_seconds", Duration.between(done.begun(), now).toSeconds());
        content.put("live", health.live().healthy());
        content.put("ready", health.ready().healthy());
        content.put(
                "roles",
                configuration.get(Options.ROLES).stream().map(OptionType::word).toList());
        content.put("last_success", time(done.lastSuccess()));
        content.put("last_batch", done.lastBatch().map(StatusPage::batch).orElse(null));
        Optional<Sample> sample = health.latest();
        content.put(
                "queue", sample.flatMap(Sample::queue).map(StatusPage::queue).orElse(null));
        content.put("feed", sample.flatMap(Sample::feed).map(StatusPage::feed).orElse(null));
        content.put(
                "trackers",
                sample.flatMap(Sample::trackers)
                        .map(known -> new TreeMap<>(Map.of("enabled", known.enabled(), "disabled", known.disabled())))
                        .orElse(null));
        content.put(
                "accounts",
                sample.map(Sample::accounts).orElse(List.of()).stream()
                        .map(account -> account(account, now))
                        .toList());
        content.put("spool", done.spool().map(StatusPage::spool).orElse(null));
        content.put("outages", outages(done));
        content.put("configuration", effectiveConfiguration());
        return content;
    }

    private static Map<String, @Nullable Object> batch(At<BatchStored> batch) {
        Map<String, @Nullable Object> content = new LinkedHashMap<>();
        content.put("at", Texts.time(batch.at()));
        content.put("account", batch.what().account());
        content.put("received", batch.what().received());
        content.put("new", batch.what().stored());
        content.put("duplicate", batch.what().duplicates());
        content.put("undecryptable", batch.what().undecryptable());
        content.put("refused", batch.what().refused());
        return content;
    }

    private static Map<String, @Nullable Object> queue(QueueStatistics queue) {
        Map<String, @Nullable Object> content = new LinkedHashMap<>();
        content.put("trackers", queue.ids());
        content.put("due", queue.due());
        content.put("leased", queue.leased());
        content.put("paused_trackers", queue.pausedIds());
        content.put("parked", queue.parked());
        content.put("failing", queue.failing());
        content.put("paused", queue.paused());
        content.put("workers", queue.workers());
        content.put(
                "oldest_overdue_seconds",
                queue.oldestOverdue().map(overdue -> overdue.by().toSeconds()).orElse(0L));
        content.put("last_reconciled", time(queue.lastReconciled()));
        content.put("counters", JsonNames.of(queue.counters()));
        return content;
    }

    private static Map<String, @Nullable Object> feed(FeedSample feed) {
        Map<String, @Nullable Object> content = new LinkedHashMap<>();
        content.put("lag_events", feed.lagEvents());
        content.put("lag_seconds", feed.lag().toSeconds());
        content.put("judged", feed.judged());
        content.put("stored_before", feed.storedBefore());
        return content;
    }

    private static Map<String, @Nullable Object> account(AccountSample account, Instant now) {
        Map<String, @Nullable Object> content = new LinkedHashMap<>();
        content.put("alias", account.alias());
        content.put("state", account.state().name().toLowerCase(Locale.ROOT));
        content.put("last_error", account.lastError().orElse(null));
        content.put("budget_left", account.budget().map(Budget::left).orElse(null));
        content.put("budget", account.budget().map(Budget::max).orElse(null));
        content.put(
                "next_request",
                account.budget()
                        .map(budget -> budget.nextRequest().isAfter(now) ? budget.nextRequest() : now)
                        .map(Texts::time)
                        .orElse(null));
        content.put("last_request", time(account.budget().flatMap(Budget::lastRequest)));
        return content;
    }

    private static Map<String, @Nullable Object> spool(SpoolChanged spool) {
        Map<String, @Nullable Object> content = new LinkedHashMap<>();
        content.put("answers", spool.answers());
        content.put("bytes", spool.bytes());
        content.put("limit_bytes", spool.limit());
        content.put("set_aside", spool.setAside());
        return content;
    }

    private static List<Map<String, @Nullable Object>> outages(Snapshot done) {
        List<Map<String, @Nullable Object>> outages = new ArrayList<>();
        new TreeMap<>(done.outages()).values().forEach(outage -> outages.add(outage(outage)));
        return outages;
    }

    private static Map<String, @Nullable Object> outage(At<OutageBegan> outage) {
        Map<String, @Nullable Object> content = new LinkedHashMap<>();
        content.put("of", outage.what().dependency().name().toLowerCase(Locale.ROOT));
        content.put("since", Texts.time(outage.at()));
        content.put("cause", outage.what().message());
        return content;
    }

    private Map<String, String> effectiveConfiguration() {
        Map<String, String> values = new LinkedHashMap<>();
        for (Configuration.Row row : configuration.effective()) {
            row.text().ifPresent(text -> values.put(row.option().name(), text));
        }
        return values;
    }

    private static @Nullable String time(Optional<Instant> instant) {
        return instant.map(Texts::time).orElse(null);
    }
}

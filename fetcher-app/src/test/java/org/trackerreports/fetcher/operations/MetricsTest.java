package org.trackerreports.fetcher.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.trackerreports.core.event.AnisetteAsked;
import org.trackerreports.core.event.BatchStored;
import org.trackerreports.core.event.RequestEnded;
import org.trackerreports.core.event.RequestResult;
import org.trackerreports.fetcher.event.Dependency;
import org.trackerreports.fetcher.event.OutageBegan;
import org.trackerreports.fetcher.event.SpoolChanged;
import org.trackerreports.fetcher.operations.Sample.AccountSample;
import org.trackerreports.fetcher.operations.Sample.Budget;
import org.trackerreports.fetcher.operations.Sample.FeedSample;
import org.trackerreports.fetcher.operations.Sample.SinkSample;
import org.trackerreports.fetcher.operations.Sample.TrackerNumbers;
import org.trackerreports.queue.Completion;
import org.trackerreports.queue.Fault;
import org.trackerreports.queue.QueueStatistics;
import org.trackerreports.queue.QueueStatistics.Overdue;
import org.trackerreports.queue.ReclaimResult;
import org.trackerreports.server.settings.ServerListener.Refusal;
import org.trackerreports.store.account.AccountState;
import org.trackerreports.store.feed.FeedLag;
import org.trackerreports.store.movement.JudgingResult;
import org.trackerreports.store.schema.DatabaseProblem;
import org.trackerreports.store.sink.SinkState;

class MetricsTest {

    private static final String TRACKER = "4711";
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final SampleGauges gauges = new SampleGauges(registry);

    @BeforeEach
    void letEverythingHappen() {
        FetcherMetrics metrics = new FetcherMetrics(registry);
        metrics.requestEnded(new RequestEnded("main", RequestResult.OK, Duration.ofMillis(700), 64, 64, 256, 200));
        metrics.requestEnded(
                new RequestEnded("main", RequestResult.NO_ANISETTE, Duration.ofSeconds(3), 64, 64, 256, 0));
        metrics.batchStored(new BatchStored(
                "main",
                30,
                20,
                10,
                2,
                1,
                Map.of("null_island", 3),
                List.of(Duration.ofMinutes(4), Duration.ofDays(2), Duration.ofSeconds(-5)),
                false));
        metrics.spoolChanged(new SpoolChanged(2, 2_048, 4_096, 1));
        metrics.outageBegan(new OutageBegan(Dependency.DATABASE, "away"));
        metrics.anisetteAsked(new AnisetteAsked(Duration.ofMillis(40), true));
        metrics.anisetteAsked(new AnisetteAsked(Duration.ofSeconds(10), false));
        MoveMetrics move = new MoveMetrics(registry);
        move.judged(new JudgingResult(false, 3, 70, Map.of("SPEED", 2, "COARSE", 5), 4, 1, 2, Map.of(), true));
        move.trackersFellSilent(6);
        WebMetrics web = new WebMetrics(registry);
        web.requestEnded(200, Duration.ofMillis(20));
        web.requestEnded(404, Duration.ofMillis(5));
        web.refused(Refusal.TRIES);
        web.streamsOpen(7);
        web.streamCut();
        QueueMetrics queue = new QueueMetrics(registry);
        queue.claimed(64);
        queue.completed(Completion.FOUND, 50);
        queue.completed(Completion.NOTHING_FOUND, 10);
        queue.failed(Fault.TRACKER, 1);
        queue.failed(Fault.NOT_THE_TRACKER, 2);
        queue.released(1);
        queue.refused(4);
        queue.reclaimed(new ReclaimResult(5, 6, 1));
        queue.dataLost();
        queue.unavailable();
        queue.granted("account:main");
        queue.denied("account:main", Duration.ofSeconds(1));
        gauges.show(sample(Optional.of(statistics())), true, false);
    }

    private static QueueStatistics statistics() {
        return new QueueStatistics(
                NOW,
                true,
                false,
                Instant.EPOCH,
                Optional.of(NOW),
                100,
                80,
                7,
                15,
                5,
                4,
                6,
                3,
                Optional.of(new Overdue(TRACKER, NOW.minusSeconds(90), Duration.ofSeconds(90))),
                Optional.empty(),
                Map.of());
    }

    private static Sample sample(Optional<QueueStatistics> queue) {
        Budget budget = new Budget(200, 268, NOW.plusSeconds(120), Optional.of(NOW.minusSeconds(180)));
        return sample(
                queue,
                List.of(new AccountSample("main", AccountState.READY, Optional.empty(), queue.map(known -> budget))));
    }

    private static Sample sample(Optional<QueueStatistics> queue, List<AccountSample> accounts) {
        return new Sample(
                NOW,
                Optional.empty(),
                List.of(new DatabaseProblem(DatabaseProblem.Kind.JOB, "a job failed", "look")),
                queue.isPresent() ? Optional.empty() : Optional.of("away"),
                Optional.of(new TrackerNumbers(98, 2)),
                Optional.of(new FeedSample(12, Duration.ofMillis(2_500), true, 40)),
                queue,
                queue.map(known -> Duration.ofMinutes(32)),
                List.of(new SinkSample(sink(), new FeedLag(9, Duration.ofSeconds(75)))),
                accounts);
    }

    private static SinkState sink() {
        return new SinkState(
                "hook",
                "webhook",
                SinkState.Condition.WAITING,
                false,
                2,
                Optional.of(NOW.plusSeconds(15)),
                Optional.of("it answered 500"),
                Optional.of(NOW.minusSeconds(15)),
                1_000,
                3,
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void showsOfThousandsOfAccountsOnlyThoseThatAreNotReady() {
        List<AccountSample> accounts = new ArrayList<>();
        for (int number = 0; number < 5_000; number++) {
            AccountState state = number == 17 ? AccountState.LOCKED : AccountState.READY;
            accounts.add(new AccountSample("account-" + number, state, Optional.empty(), Optional.empty()));
        }
        gauges.show(sample(Optional.of(statistics()), accounts), true, true);

        String scrape = registry.scrape();
        assertThat(scrape.lines())
                .contains(
                        "trackerreports_accounts{state=\"ready\"} 4999.0",
                        "trackerreports_accounts{state=\"locked\"} 1.0",
                        "trackerreports_account_state{account=\"account-17\",state=\"locked\"} 1.0");
        assertThat(scrape).doesNotContain("account-18", "account_state{account=\"main\"");
    }

    @Test
    void countsWhatHappened() {
        assertThat(registry.scrape().lines())
                .contains(
                        "trackerreports_requests_total{account=\"main\",outcome=\"ok\"} 1.0",
                        "trackerreports_requests_total{account=\"main\",outcome=\"no_anisette\"} 1.0",
                        "trackerreports_request_duration_seconds_sum{account=\"main\"} 3.7",
                        "trackerreports_request_duration_seconds_bucket{account=\"main\",le=\"1.0\"} 1",
                        "trackerreports_ids_asked_total{account=\"main\"} 256.0",
                        "trackerreports_ids_answered_total{account=\"main\"} 200.0",
                        "trackerreports_batch_trackers{account=\"main\"} 64.0",
                        "trackerreports_reports_received_total{account=\"main\"} 30.0",
                        "trackerreports_reports_new_total{account=\"main\"} 20.0",
                        "trackerreports_reports_duplicate_total{account=\"main\"} 10.0",
                        "trackerreports_reports_undecryptable_total{account=\"main\"} 2.0",
                        "trackerreports_reports_flagged_total{account=\"main\",reason=\"null_island\"} 3.0",
                        "trackerreports_report_lag_seconds_bucket{account=\"main\",le=\"300.0\"} 2",
                        "trackerreports_report_lag_seconds_bucket{account=\"main\",le=\"259200.0\"} 3",
                        "trackerreports_anisette_duration_seconds_count 2",
                        "trackerreports_anisette_failures_total 1.0",
                        "trackerreports_queue_reclaimed_total{from=\"lease\"} 5.0",
                        "trackerreports_queue_trackers{state=\"waiting\"} 73.0",
                        "trackerreports_queue_trackers{state=\"due\"} 7.0",
                        "trackerreports_queue_workers 3.0",
                        "trackerreports_queue_overdue_seconds 90.0",
                        "trackerreports_oldest_attempt_age_seconds 1920.0",
                        "trackerreports_trackers{state=\"enabled\"} 98.0",
                        "trackerreports_accounts{state=\"ready\"} 1.0",
                        "trackerreports_accounts{state=\"locked\"} 0.0",
                        "trackerreports_account_state{account=\"main\",state=\"ready\"} 1.0",
                        "trackerreports_account_state{account=\"main\",state=\"locked\"} 0.0",
                        "trackerreports_account_budget_left{account=\"main\"} 200.0",
                        "trackerreports_account_next_request_seconds{account=\"main\"} 120.0",
                        "trackerreports_dependency_up{dependency=\"queue\"} 1.0",
                        "trackerreports_database_problems{kind=\"job\"} 1.0",
                        "trackerreports_database_problems{kind=\"licence\"} 0.0",
                        "trackerreports_judged_reports_total 70.0",
                        "trackerreports_judged_flags_total{flag=\"SPEED\"} 2.0",
                        "trackerreports_judged_flags_total{flag=\"COARSE\"} 5.0",
                        "trackerreports_transitions_total{change=\"raised\"} 4.0",
                        "trackerreports_transitions_total{change=\"withdrawn\"} 1.0",
                        "trackerreports_tracker_events_total 8.0",
                        "trackerreports_web_requests_seconds_count{status=\"2xx\"} 1",
                        "trackerreports_web_requests_seconds_count{status=\"4xx\"} 1",
                        "trackerreports_web_refused_total{reason=\"tries\"} 1.0",
                        "trackerreports_web_streams 7.0",
                        "trackerreports_web_streams_cut_total 1.0",
                        "trackerreports_feed_lag_events 12.0",
                        "trackerreports_feed_lag_seconds 2.5",
                        "trackerreports_feed_judged 1.0",
                        "trackerreports_stored_before_trackers 40.0",
                        "trackerreports_sink_lag_events{sink=\"hook\"} 9.0",
                        "trackerreports_sink_lag_seconds{sink=\"hook\"} 75.0",
                        "trackerreports_sink_delivered{sink=\"hook\"} 1000.0",
                        "trackerreports_sink_failed{sink=\"hook\"} 3.0",
                        "trackerreports_sink_state{sink=\"hook\",state=\"waiting\"} 1.0",
                        "trackerreports_sink_state{sink=\"hook\",state=\"working\"} 0.0",
                        "trackerreports_healthy{probe=\"live\"} 1.0",
                        "trackerreports_healthy{probe=\"ready\"} 0.0");
    }

    @Test
    void whatIsNotKnownHasNoValue() {
        gauges.show(sample(Optional.empty()), true, false);
        assertThat(registry.scrape())
                .contains("trackerreports_dependency_up{dependency=\"queue\"} 0.0")
                .doesNotContain("trackerreports_queue_trackers{", "trackerreports_queue_workers 3", "budget_left{");
    }

    @Test
    void namesNoTracker() {
        assertThat(registry.scrape()).doesNotContain(TRACKER, "tracker=", "id=\"4");
    }

    @Test
    void theReadmeShowsTheSameMetrics() throws IOException {
        assertThat(Files.readString(Path.of("README.md")))
                .as("the table of metrics in fetcher-app/README.md; it should be:\n" + table())
                .contains(table());
    }

    @Test
    void showsTheProcessItself() {
        try (ProcessMetrics process = new ProcessMetrics(registry, HikariDataSource::new)) {
            process.show();
            assertThat(registry.scrape())
                    .contains(
                            "jvm_memory_used_bytes{",
                            "jvm_threads_live_threads ",
                            "jvm_gc_memory_allocated_bytes_total",
                            "process_cpu_usage ",
                            "process_uptime_seconds ",
                            "process_files_open_files ");
        }
    }

    /** What is exported, as the README shows it. */
    private String table() {
        Map<String, String> help = new LinkedHashMap<>();
        StringBuilder table = new StringBuilder("| metric | type | labels | what |\n|---|---|---|---|\n");
        String text = registry.scrape();
        for (String line : text.split("\n")) {
            String[] words = line.split(" ", 4);
            if (line.startsWith("# HELP ")) {
                help.put(words[2], words[3]);
            } else if (line.startsWith("# TYPE ")) {
                table.append(String.format(
                        "| `%s` | %s | %s | %s |%n", words[2], words[3], labels(text, words[2]), help.get(words[2])));
            }
        }
        return table.toString().replace(System.lineSeparator(), "\n");
    }

    private static String labels(String text, String metric) {
        TreeSet<String> labels = new TreeSet<>();
        Matcher lines = Pattern.compile("(?m)^" + metric + "(?:_bucket|_count|_sum)?\\{(.*)} .*$")
                .matcher(text);
        while (lines.find()) {
            Matcher names = Pattern.compile("(\\w+)=\"").matcher(lines.group(1));
            while (names.find()) {
                labels.add(names.group(1));
            }
        }
        labels.remove("le");
        return String.join(", ", labels);
    }
}

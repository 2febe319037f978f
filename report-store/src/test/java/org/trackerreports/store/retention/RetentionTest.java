package org.trackerreports.store.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trackerreports.store.server.StoreFixture.KEY;
import static org.trackerreports.store.server.StoreFixture.newKey;
import static org.trackerreports.store.server.StoreFixture.report;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.city.City;
import org.trackerreports.store.history.HistoryBucket;
import org.trackerreports.store.history.HistoryQuery;
import org.trackerreports.store.report.NewReport;
import org.trackerreports.store.report.Position;
import org.trackerreports.store.report.ReportContent;
import org.trackerreports.store.report.ReportOutcome;
import org.trackerreports.store.report.ReportSelection;
import org.trackerreports.store.report.RevisionResult;
import org.trackerreports.store.server.OnEveryServer;
import org.trackerreports.store.server.ServerKind;

/** Ordered, because what retention keeps from can only rise. Time is the server's, because its scheduler goes by that. */
@ParameterizedClass
@EnumSource(ServerKind.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RetentionTest extends OnEveryServer {

    private static final Duration DAY = Duration.ofDays(1);
    private static final RetentionPolicy COMPRESS =
            new RetentionPolicy(Optional.empty(), Optional.empty(), Optional.of(DAY.multipliedBy(14)));

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    /** The start of a day, so that reports of one day stay in one. */
    private final Instant today = now.truncatedTo(ChronoUnit.DAYS);

    /** A day old enough for {@link #COMPRESS}. */
    private final Instant compressedDay = today.minus(DAY.multipliedBy(60));

    private ReportStore store;

    @BeforeParameterizedClassInvocation
    void openAtPresent() {
        store = ReportStore.open(fixture.dataSource(), KEY, Clock.fixed(now, ZoneOffset.UTC));
    }

    @Test
    @Order(1)
    void refusesPoliciesThatWouldLoseLateReports() {
        assertThatThrownBy(
                        () -> new RetentionPolicy(Optional.of(DAY.multipliedBy(2)), Optional.empty(), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 days")
                .hasMessageContaining("the minimum is 30 days");
        assertThatThrownBy(() ->
                        new RetentionPolicy(Optional.empty(), Optional.of(DAY.multipliedBy(99)), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Adds a tracker whose reports can be compressed. Skips the test where nothing can. */
    private long addCompressible(String name, String key) {
        Assumptions.assumeTrue(kind.timescaledb(), "only TimescaleDB compresses");
        return fixture.addTracker(name, key);
    }

    @Test
    @Order(2)
    void recognisesDuplicatesAndTakesLateReportsIntoCompressedChunks() {
        String key = newKey();
        long tracker = addCompressible("compressed", key);
        NewReport first = report(key, compressedDay, 1, 1);
        store.reports().insert(List.of(first), List.of());
        compress();

        assertThat(store.reports()
                        .insert(List.of(first, report(key, compressedDay.plusSeconds(1), 2, 2)), List.of())
                        .outcomes())
                .containsExactly(new ReportOutcome.Duplicate(), new ReportOutcome.New());
        store.history().refresh();
        compress();
        store.reports().insert(List.of(report(key, compressedDay.plusSeconds(2), 2, 2)), List.of());
        store.history().refresh();
        assertThat(store.history().days(HistoryQuery.of(tracker, compressedDay, compressedDay.plusSeconds(60))))
                .singleElement()
                .satisfies(row -> assertThat(row.position()).isEqualTo(new Position(2, 2)));
        store.retention().apply(RetentionPolicy.KEEP_EVERYTHING);
    }

    @Test
    @Order(3)
    void changesCompressedReportsHoweverManyTheyAre() {
        String key = newKey();
        long tracker = addCompressible("compressed often", key);
        List<NewReport> reports = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            reports.add(report(key, compressedDay.plusSeconds(i), 1, 1));
        }
        store.reports().insert(reports, List.of());
        compress();
        // TimescaleDB's own limit is 100,000; a small one shows the same.
        fixture.execute("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET"
                + " timescaledb.max_tuples_decompressed_per_dml_transaction = 5', current_database()); END $$");
        fixture.execute("SET timescaledb.max_tuples_decompressed_per_dml_transaction = 5");

        ReportSelection all = ReportSelection.all(ReportSelection.Which.WITH_PAYLOAD);
        RevisionResult revised = store.reports().revise(all, stored -> {
            ReportContent same = stored.content();
            return new ReportContent(
                    same.position(),
                    3,
                    same.horizontalAccuracy(),
                    same.status(),
                    Optional.of(new City("Changed", "XX", 1).label()),
                    same.flags(),
                    same.undecryptableReason());
        });
        assertThat(revised.failures()).isEmpty();
        assertThat(revised.changed()).isGreaterThanOrEqualTo(3_000);
        compress();
        store.trackers().remove(tracker, false);
        compress();
        long next = fixture.addTracker("next owner", key);
        assertThat(store.history().reports(HistoryQuery.of(next, compressedDay, now)))
                .hasSize(3_000);
        compress();
        assertThat(store.trackers().remove(next, true)).isTrue();
        assertThat(fixture.query("SELECT 1 FROM location_reports WHERE hashed_adv_key = '" + key + "'"))
                .isEmpty();
        store.retention().apply(RetentionPolicy.KEEP_EVERYTHING);
    }

    @Test
    @Order(4)
    void showsWhatRetentionWouldRemoveAndKeepsHoursAndDays() {
        String key = newKey();
        long tracker = fixture.addTracker("old", key);
        Instant old = today.minus(DAY.multipliedBy(800)).plus(Duration.ofHours(10));
        List<NewReport> reports = new ArrayList<>();
        for (int day = 0; day < 60; day++) {
            reports.add(report(key, old.plus(DAY.multipliedBy(day)), 10, 20));
            reports.add(report(key, old.plus(DAY.multipliedBy(day)).plusSeconds(7200), 11, 21));
        }
        reports.add(report(key, now.minusSeconds(60), 12, 22));
        store.reports().insert(reports, List.of());
        HistoryQuery all = HistoryQuery.of(tracker, old, now);
        RetentionPolicy policy = keeping(400, Optional.empty());

        assertThat(store.retention().apply(RetentionPolicy.KEEP_EVERYTHING)).isEqualTo(new RetentionEffect(0, 0));
        assertThat(store.retention().preview(policy)).isEqualTo(new RetentionEffect(120, 0));
        assertThat(store.history().reports(all)).hasSize(121);

        assertThat(store.retention().apply(policy)).isEqualTo(new RetentionEffect(120, 0));

        assertThat(store.history().reports(all)).hasSize(1);
        // Late reports, further refreshes and TimescaleDB's own policies must not take hours and days away.
        store.reports().insert(List.of(report(key, now.minusSeconds(30), 13, 23)), List.of());
        store.reports().insert(List.of(report(key, old.plusSeconds(30), 14, 24)), List.of());
        store.history().refresh();
        runJobs("policy_refresh_continuous_aggregate");
        assertHistoryOf(all);
        assertThat(store.retention().apply(policy)).as("the late one").isEqualTo(new RetentionEffect(1, 0));
        store.history().refresh();
        assertHistoryOf(all);
    }

    private void assertHistoryOf(HistoryQuery all) {
        assertThat(store.history().hours(all).stream()
                        .filter(hour -> hour.start().isBefore(today.minus(DAY))))
                .hasSize(120);
        List<HistoryBucket> days = store.history().days(all).stream()
                .filter(day -> day.start().isBefore(today.minus(DAY)))
                .toList();
        assertThat(days).hasSize(60);
        assertThat(days.get(0).position()).isEqualTo(new Position(11, 21));
        assertThat(days.get(0).reportCount()).isEqualTo(2);
    }

    @Test
    @Order(5)
    void letsTheSchedulerOfTimescaledbRemoveOnlyWhatTheHistoryHasSeen() {
        Assumptions.assumeTrue(kind.timescaledb(), "elsewhere only apply removes");
        String key = newKey();
        long tracker = fixture.addTracker("scheduled", key);
        Instant old = today.minus(DAY.multipliedBy(300)).plus(Duration.ofHours(10));
        RetentionPolicy policy = keeping(400, Optional.of(900));
        store.retention().apply(policy);
        List<List<String>> job = fixture.query("SELECT job_id, schedule_interval, config->>'hours' FROM"
                + " timescaledb_information.jobs WHERE proc_name = 'report_store_retention'");
        assertThat(job).hasSize(1);
        assertThat(job.get(0).subList(1, 3)).containsExactly("1 day", "21600:00:00");
        store.retention().apply(policy);
        assertThat(jobs("report_store_retention")).containsExactly(job.get(0).get(0));

        // Reports that no hour has seen, and which are too old for the job by the time it runs.
        store.reports().insert(List.of(report(key, old, 5, 6), report(key, old.plusSeconds(60), 7, 8)), List.of());
        fixture.execute("SELECT alter_job(job_id, config => jsonb_set(config, '{reports}', '\"200 days\"'))"
                + " FROM timescaledb_information.jobs WHERE proc_name = 'report_store_retention'");
        runJobs("report_store_retention");

        HistoryQuery day = HistoryQuery.of(tracker, old, old.plusSeconds(3600));
        assertThat(store.history().reports(day)).isEmpty();
        runJobs("policy_refresh_continuous_aggregate");
        store.history().refresh();
        for (List<HistoryBucket> rows :
                List.of(store.history().hours(day), store.history().days(day))) {
            assertThat(rows).singleElement().satisfies(row -> {
                assertThat(row.position()).isEqualTo(new Position(7, 8));
                assertThat(row.reportCount()).isEqualTo(2);
            });
        }
    }

    @Test
    @Order(6)
    void removesHoursWhenAskedAndNeverDays() {
        long tracker = store.trackers().find("old").orElseThrow().id();
        HistoryQuery all = HistoryQuery.of(tracker, today.minus(DAY.multipliedBy(801)), today.minus(DAY));

        RetentionEffect preview = store.retention().preview(keeping(400, Optional.of(500)));
        RetentionEffect effect = store.retention().removeOnce(keeping(400, Optional.of(500)));

        assertThat(effect).isEqualTo(preview);
        assertThat(effect.hours()).isPositive();
        assertThat(kind.timescaledb() ? scheduledHours() : List.of())
                .as("once is not from now on")
                .doesNotContain("12000:00:00");
        assertThat(kind.timescaledb() || effect.hours() == 120)
                .as("all of them, but for chunks of ten weeks that are younger at their end")
                .isTrue();
        assertThat(store.history().hours(all)).hasSize(120 - (int) effect.hours());
        store.history().refresh();
        runJobs("policy_refresh_continuous_aggregate");
        assertThat(store.history().days(all)).hasSize(60);
    }

    @Test
    @Order(7)
    void endsWhatTheConfigurationNoLongerAsksFor() {
        Assumptions.assumeTrue(kind.timescaledb(), "elsewhere nothing runs by itself");
        store.retention()
                .apply(new RetentionPolicy(
                        Optional.of(DAY.multipliedBy(400)), Optional.empty(), Optional.of(DAY.multipliedBy(14))));
        List<String> retention = jobs("report_store_retention");
        List<String> compression = jobs("policy_compression");
        assertThat(retention).hasSize(1);
        assertThat(compression).as("of reports, hours and days").hasSize(3);

        store.retention()
                .apply(new RetentionPolicy(
                        Optional.of(DAY.multipliedBy(400)), Optional.empty(), Optional.of(DAY.multipliedBy(21))));
        assertThat(jobs("report_store_retention")).isEqualTo(retention);
        assertThat(jobs("policy_compression"))
                .as("hours and days are compressed after 30 days at the earliest")
                .hasSize(3)
                .containsAll(compression.subList(1, 3))
                .isNotEqualTo(compression);

        store.retention().apply(RetentionPolicy.KEEP_EVERYTHING);
        assertThat(jobs("report_store_retention")).isEmpty();
        assertThat(jobs("policy_compression")).isEmpty();
    }

    @Test
    @Order(8)
    void leavesNoTraceOfARemovedTrackerWhoseReportsAreLongGone() {
        long tracker = store.trackers().find("old").orElseThrow().id();
        store.trackers().remove(tracker, true);

        assertThat(fixture.query("SELECT 1 FROM location_history_daily WHERE tracker_id = " + tracker))
                .isEmpty();
    }

    private static RetentionPolicy keeping(int reportDays, Optional<Integer> hourDays) {
        return new RetentionPolicy(
                Optional.of(DAY.multipliedBy(reportDays)), hourDays.map(DAY::multipliedBy), Optional.empty());
    }

    private List<String> scheduledHours() {
        return fixture.firstColumn(
                "SELECT config->>'hours' FROM timescaledb_information.jobs WHERE proc_name = 'report_store_retention'");
    }

    private void compress() {
        store.retention().apply(COMPRESS);
        for (String relation : List.of("location_reports", "location_history_hourly", "location_history_daily")) {
            fixture.query("SELECT compress_chunk(c, true) FROM show_chunks('" + relation
                    + "', older_than => timestamptz '" + now.minus(DAY.multipliedBy(30)) + "') c");
        }
    }

    private List<String> jobs(String procedure) {
        return fixture.firstColumn("SELECT job_id FROM timescaledb_information.jobs WHERE proc_name = '" + procedure
                + "' ORDER BY job_id");
    }

    /** As the scheduler does, which does not run on the test servers. */
    private void runJobs(String procedure) {
        if (kind.timescaledb()) {
            jobs(procedure).forEach(job -> fixture.execute("CALL run_job(" + job + ")"));
        }
    }
}

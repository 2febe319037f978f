package org.trackerreports.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trackerreports.store.server.StoreFixture.KEY;
import static org.trackerreports.store.server.StoreFixture.NOW;
import static org.trackerreports.store.server.StoreFixture.newKey;
import static org.trackerreports.store.server.StoreFixture.report;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.trackerreports.store.error.StoreException;
import org.trackerreports.store.history.HistoryBucket;
import org.trackerreports.store.history.HistoryQuery;
import org.trackerreports.store.internal.schema.ExtensionUpgrade;
import org.trackerreports.store.internal.sql.Database;
import org.trackerreports.store.report.NewReport;
import org.trackerreports.store.retention.RetentionPolicy;
import org.trackerreports.store.schema.Capabilities;
import org.trackerreports.store.schema.DatabaseProblem;
import org.trackerreports.store.server.ServerKind;
import org.trackerreports.store.server.StoreFixture;
import org.trackerreports.store.server.TestDatabase;
import org.trackerreports.store.tracker.AddOutcome;

/** TimescaleDB refuses the history of a database, or its jobs fail. */
@ExtendWith(ServerKind.StopAtTheEnd.class)
class TimescaledbTroubleTest {

    private static final Capabilities AGGREGATES = new Capabilities(false, true);
    private static final Capabilities TABLES = new Capabilities(false, false);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    @TempDir
    private Path directory;

    @Test
    void movesTheHistoryIntoTablesWhenTheLicenceNoLongerAllowsAggregates() {
        long tracker;
        String key = newKey();
        List<HistoryBucket> days;
        try (TestDatabase licensed = ServerKind.timescaledbIn(directory)) {
            Schema.migrate(licensed.dataSource());
            ReportStore store = open(licensed.dataSource());
            tracker = ((AddOutcome.Added) store.trackers()
                            .add(List.of(StoreFixture.tracker("kept", key)))
                            .get(0))
                    .id();
            for (int day = 0; day < 60; day++) {
                store.reports().insert(List.of(report(key, NOW.minus(DAY.multipliedBy(day)), 10, 1 + day)), List.of());
            }
            store.history().refresh();
            store.retention()
                    .apply(new RetentionPolicy(Optional.of(DAY.multipliedBy(40)), Optional.empty(), Optional.empty()));
            days = store.history().days(everything(tracker));
            assertThat(store.problems()).isEmpty();
        }
        try (TestDatabase apache = ServerKind.timescaledbIn(directory)) {
            ReportStore refused = open(apache.dataSource());
            NewReport next = report(key, NOW.minusSeconds(60), 20, 20);
            assertThatThrownBy(() -> refused.reports().insert(List.of(next), List.of()))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("0A000")
                    .hasMessageContaining("findmy tools db status")
                    .satisfies(e -> assertThat(((StoreException) e).worthRepeating())
                            .as("nothing is lost meanwhile")
                            .isTrue());
            assertThatThrownBy(refused.history()::refresh).hasMessageContaining("0A000");

            assertThat(Schema.status(apache.dataSource()).tableBytes()).containsKey("location_history_daily");

            new Database(apache.dataSource())
                    .inTransaction("convert", connection -> new ExtensionUpgrade(connection, AGGREGATES, TABLES).run());

            ReportStore store = open(apache.dataSource());
            assertThat(store.capabilities()).isEqualTo(TABLES);
            assertThat(store.history().refresh()).isTrue();
            assertThat(store.history().days(everything(tracker))).hasSize(60).isEqualTo(days);
            assertThat(store.reports().insert(List.of(next), List.of()).newReports())
                    .isEqualTo(1);
            store.history().refresh();
            assertThat(store.history().days(everything(tracker)).get(59).reportCount())
                    .isEqualTo(2);
            assertThat(StoreFixture.text(
                            apache.dataSource(),
                            "SELECT count(*) FROM pg_indexes WHERE tablename = 'location_reports'"
                                    + " AND indexname LIKE 'location_reports_%'"))
                    .isEqualTo("6");
            assertThat(store.problems()).isEmpty();
        }
    }

    private static HistoryQuery everything(long tracker) {
        return HistoryQuery.of(tracker, NOW.minus(DAY.multipliedBy(100)), NOW.plusSeconds(1));
    }

    @Test
    void saysThatTheLicenceRefusesTheHistoryAndWhatToDo() {
        try (StoreFixture fixture = new StoreFixture(ServerKind.PLAIN)) {
            fixture.execute("UPDATE store_settings SET value = 'true' WHERE name = 'timescaledb'");
            fixture.execute("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET timescaledb.license = apache',"
                    + " current_database()); END $$");
            // The setting counts for new connections only.
            fixture.execute("SELECT set_config('timescaledb.license', 'apache', false)");
            ReportStore store = open(fixture.dataSource());

            assertThat(store.problems()).singleElement().satisfies(problem -> {
                assertThat(problem.kind()).isEqualTo(DatabaseProblem.Kind.LICENCE);
                assertThat(problem.found()).contains("Apache licence");
                assertThat(problem.nextStep())
                        .contains("timescaledb.license = 'timescale'", "findmy tools db adopt --yes");
            });
        }
    }

    @Test
    void tellsWhichJobFailedWhenAndWhy() {
        try (StoreFixture fixture = new StoreFixture(ServerKind.TIMESCALEDB)) {
            fixture.store
                    .retention()
                    .apply(new RetentionPolicy(
                            Optional.of(DAY.multipliedBy(400)), Optional.empty(), Optional.of(DAY.multipliedBy(14))));
            assertThat(fixture.store.problems()).isEmpty();
            // The scheduler does not run here; these are the rows that it writes for a run that failed, and for one
            // that is overdue.
            List<String> jobs = fixture.firstColumn("SELECT job_id FROM timescaledb_information.jobs"
                    + " WHERE hypertable_name = 'location_history_hourly' OR proc_name = 'report_store_retention'"
                    + " ORDER BY proc_name");
            assertThat(jobs).hasSize(3);
            jobs.forEach(job -> ran(fixture, job, "now()", false));
            jobs.forEach(job -> fixture.execute(
                    "INSERT INTO _timescaledb_internal.bgw_job_stat_history (job_id, pid, execution_start, execution_finish,"
                            + " succeeded, data) VALUES (" + job + ", 7, now(), now(), false, '{\"error_data\": {"
                            + "\"sqlerrcode\": \"53100\", \"message\": \"no space left\\ton device " + job + "\"}}')"));

            List<DatabaseProblem> problems = fixture.store.problems();
            assertThat(problems).hasSize(3).allSatisfy(problem -> {
                assertThat(problem.kind()).isEqualTo(DatabaseProblem.Kind.JOB);
                assertThat(problem.found()).contains("failed at", "UTC: no space left on device");
            });
            assertThat(problems)
                    .extracting(DatabaseProblem::found)
                    .anySatisfy(found -> assertThat(found).contains("the refresh of location_history_hourly"))
                    .anySatisfy(found -> assertThat(found).contains("the compression of location_history_hourly"))
                    .anySatisfy(found -> assertThat(found).contains("the retention"));
            assertThat(Schema.status(fixture.dataSource()).problems()).isEqualTo(problems);

            fixture.execute("DELETE FROM _timescaledb_internal.bgw_job_stat");
            ran(fixture, jobs.get(0), "now() - interval '9 days'", true);
            assertThat(fixture.store.problems())
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.found()).contains("has not run since it was due at"));
            ran(fixture, jobs.get(1), "now() + interval '1 day'", true);
            assertThat(fixture.store.problems()).hasSize(1);
        }
    }

    private static void ran(StoreFixture fixture, String job, String next, boolean success) {
        fixture.execute("DELETE FROM _timescaledb_internal.bgw_job_stat WHERE job_id = " + job);
        fixture.execute("INSERT INTO _timescaledb_internal.bgw_job_stat (job_id, last_start, last_finish, next_start,"
                + " last_successful_finish, last_run_success, total_runs, total_duration, total_duration_failures,"
                + " total_successes, total_failures, total_crashes, consecutive_failures, consecutive_crashes, flags)"
                + " VALUES (" + job + ", now(), now(), " + next + ", now(), " + success
                + ", 1, '1 s', '0 s', 0, 1, 0, 1, 0, 0)");
    }

    private static ReportStore open(DataSource source) {
        return ReportStore.open(source, KEY, CLOCK);
    }
}

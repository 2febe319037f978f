package org.trackerreports.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trackerreports.store.server.StoreFixture.KEY;
import static org.trackerreports.store.server.StoreFixture.NOW;
import static org.trackerreports.store.server.StoreFixture.assertWorthRepeating;
import static org.trackerreports.store.server.StoreFixture.newKey;
import static org.trackerreports.store.server.StoreFixture.report;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trackerreports.store.error.StoreException;
import org.trackerreports.store.history.FlagFilter;
import org.trackerreports.store.history.GeoBox;
import org.trackerreports.store.history.HistoryBucket;
import org.trackerreports.store.history.HistoryQuery;
import org.trackerreports.store.history.LatestPosition;
import org.trackerreports.store.internal.schema.ExtensionUpgrade;
import org.trackerreports.store.internal.sql.Database;
import org.trackerreports.store.report.NewReport;
import org.trackerreports.store.report.Position;
import org.trackerreports.store.report.ReportContent;
import org.trackerreports.store.report.StoredReport;
import org.trackerreports.store.retention.RetentionEffect;
import org.trackerreports.store.retention.RetentionPolicy;
import org.trackerreports.store.schema.Capabilities;
import org.trackerreports.store.schema.MigrationResult;
import org.trackerreports.store.server.ServerKind;
import org.trackerreports.store.server.StoreFixture;
import org.trackerreports.store.server.TestDatabase;
import org.trackerreports.store.server.WeakRole;
import org.trackerreports.store.tracker.AddOutcome;

/** A server gains an extension after the first migration: a superuser creates it, and the store's own role adopts it. */
@ExtendWith(ServerKind.StopAtTheEnd.class)
class ExtensionUpgradeTest {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final RetentionPolicy COMPRESS =
            new RetentionPolicy(Optional.empty(), Optional.empty(), Optional.of(DAY.multipliedBy(14)));

    /** What the store answers about one tracker; must be the same before and after. */
    private record Answers(
            List<StoredReport> reports,
            List<HistoryBucket> hours,
            List<HistoryBucket> days,
            List<LatestPosition> latest,
            List<StoredReport> inBox) {}

    @ParameterizedTest(name = "from PostGIS {1}, TimescaleDB {2} to PostGIS {3}, TimescaleDB {4} on {0}")
    @CsvSource({
        "POSTGIS, false, false, true, false",
        "BOTH, false, false, false, true",
        "BOTH, false, false, true, true",
        "BOTH, true, false, true, true",
        "BOTH, false, true, true, true"
    })
    void carriesADatabaseOver(
            ServerKind kind, boolean fromPostgis, boolean fromTimescaledb, boolean toPostgis, boolean toTimescaledb) {
        Capabilities from = new Capabilities(fromPostgis, fromTimescaledb);
        Capabilities to = new Capabilities(toPostgis, toTimescaledb);
        try (TestDatabase database = kind.newDatabase();
                HikariDataSource role = WeakRole.in(database.dataSource())) {
            DataSource admin = database.dataSource();
            createExtensions(admin, from);
            Schema.migrate(role);
            long tracker = fill(open(role));
            Answers before = answers(open(role), tracker);
            if (fromTimescaledb) {
                open(role).retention().apply(COMPRESS);
                query(role, "SELECT compress_chunk(c, true) FROM show_chunks('location_reports') c LIMIT 2");
            }

            createExtensions(admin, to);
            assertThat(Schema.migrate(role).applied()).as("never silently").isZero();
            assertThat(Schema.status(role).capabilities()).contains(from);
            MigrationResult adopted = Schema.upgradeExtensions(role, CLOCK);

            assertThat(adopted.capabilities()).isEqualTo(to);
            assertThat(adopted.applied())
                    .isEqualTo((fromPostgis == toPostgis ? 0 : 1) + (fromTimescaledb == toTimescaledb ? 0 : 1));
            ReportStore store = open(role);
            assertThat(answers(store, tracker)).isEqualTo(before);
            assertThat(query(
                            role,
                            "SELECT format_type(atttypid, atttypmod) FROM pg_attribute"
                                    + " WHERE attrelid = 'location_reports'::regclass AND attname = 'location'"))
                    .containsExactly(toPostgis ? "geometry(Point,4326)" : "point");
            assertThat(query(role, "SELECT relkind FROM pg_class WHERE relname = 'location_history_daily'"))
                    .containsExactly(toTimescaledb ? "v" : "r");
            assertThat(query(
                            role,
                            "SELECT indexname FROM pg_indexes WHERE tablename = 'location_reports'"
                                    + " AND schemaname = 'public' ORDER BY 1"))
                    .isEqualTo(indexes(to));
            worksAsANewOne(store, role, tracker);
            assertThat(Schema.upgradeExtensions(role, CLOCK).applied()).isZero();
        }
    }

    @Test
    void staysAsItWasWhenInterruptedAndCanBeRepeatedAndFinishedByARefresh() throws Exception {
        Capabilities both = new Capabilities(true, true);
        try (TestDatabase database = ServerKind.BOTH.newDatabase();
                HikariDataSource role = WeakRole.in(database.dataSource())) {
            DataSource admin = database.dataSource();
            Schema.migrate(role);
            long tracker = fill(open(role));
            Answers before = answers(open(role), tracker);
            createExtensions(admin, both);
            try (Connection blocker = admin.getConnection();
                    Statement statement = blocker.createStatement()) {
                blocker.setAutoCommit(false);
                // ExtensionUpgrade writes these rows last, so that everything else was done when it is killed.
                statement.execute("SELECT 1 FROM store_settings FOR UPDATE");
                ExecutorService adopter = Executors.newSingleThreadExecutor();
                Future<MigrationResult> result = adopter.submit(() -> Schema.upgradeExtensions(role, CLOCK));
                Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> !query(
                                        admin,
                                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                                                + " WHERE wait_event_type = 'Lock' AND datname = current_database()")
                                .isEmpty());
                assertWorthRepeating(result);
                adopter.shutdown();
                blocker.rollback();
            }

            assertThat(Schema.status(role).capabilities()).contains(new Capabilities(false, false));
            assertThat(answers(open(role), tracker)).isEqualTo(before);
            // Again, and this time it dies before the refresh at its end.
            new Database(role).transaction("carry over", connection -> {
                new ExtensionUpgrade(connection, new Capabilities(false, false), both).run();
                return null;
            });
            ReportStore store = open(role);
            assertThat(store.history().refresh()).isTrue();
            assertThat(answers(store, tracker)).isEqualTo(before);
            assertThat(Schema.upgradeExtensions(role, CLOCK).applied())
                    .as("nothing is left to do")
                    .isZero();
        }
    }

    @Test
    void refusesWhereRetentionHasRemovedWhatTheHistoryWasMadeFrom() {
        try (TestDatabase database = ServerKind.POSTGIS.newDatabase();
                HikariDataSource role = WeakRole.in(database.dataSource())) {
            Schema.migrate(role);
            ReportStore store = open(role);
            fill(store);
            store.retention()
                    .apply(new RetentionPolicy(Optional.of(DAY.multipliedBy(30)), Optional.empty(), Optional.empty()));

            assertThatThrownBy(() -> Schema.upgradeExtensions(database.dataSource(), CLOCK))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("retention has removed reports");
            assertThat(Schema.status(role).capabilities()).contains(new Capabilities(false, false));
        }
    }

    private static ReportStore open(DataSource source) {
        return ReportStore.open(source, KEY, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    /** Reports over fifty days, among them flagged and undecryptable ones. */
    private static long fill(ReportStore store) {
        String key = newKey();
        long tracker = ((AddOutcome.Added) store.trackers()
                        .add(List.of(StoreFixture.tracker("carried over", key)))
                        .get(0))
                .id();
        List<NewReport> reports = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            NewReport report = report(key, NOW.minusSeconds(60 + i * 8_640L), i % 80, i % 170, i % 4);
            reports.add(
                    i % 50 == 0
                            ? new NewReport(
                                    report.trackerId(),
                                    key,
                                    report.timestamp(),
                                    new ReportContent(
                                            i % 100 == 0 ? report.content().position() : Optional.empty(),
                                            report.content().confidence(),
                                            report.content().horizontalAccuracy(),
                                            report.content().status(),
                                            Optional.empty(),
                                            Set.of("speed"),
                                            i % 100 == 0
                                                    ? Optional.empty()
                                                    : Optional.of("authentication tag mismatch")),
                                    report.payload(),
                                    NOW)
                            : report);
        }
        assertThat(store.reports().insert(reports, List.of()).newReports()).isEqualTo(500);
        store.history().refresh();
        return tracker;
    }

    private static Answers answers(ReportStore store, long tracker) {
        HistoryQuery all = HistoryQuery.of(tracker, NOW.minus(DAY.multipliedBy(60)), NOW)
                .withMinimumConfidence(0)
                .withFlags(FlagFilter.WITH);
        Answers answers = new Answers(
                store.history().reports(all),
                store.history().hours(all),
                store.history().days(all.withFlags(FlagFilter.WITHOUT)),
                store.history().latest(List.of(tracker), 0, FlagFilter.WITH),
                store.history().inBox(new GeoBox(10, 10, 30, 30), all, 1_000));
        assertThat(answers.reports()).hasSize(495);
        assertThat(answers.days()).hasSizeGreaterThan(49);
        assertThat(answers.inBox()).isNotEmpty();
        return answers;
    }

    private static void worksAsANewOne(ReportStore store, DataSource source, long tracker) {
        String key = store.trackers().hashedKeys(tracker).get(0);
        query(
                source,
                "INSERT INTO location_reports (hashed_adv_key, timestamp, location, confidence, horizontal_accuracy,"
                        + " nearest_city) VALUES ('" + key + "', '" + NOW.minusSeconds(30)
                        + "', ST_GeomFromText('POINT(8.5 47.4)', 4326), 3, 5, 'Zürich, CH') RETURNING 1");
        store.history().refresh();
        HistoryQuery last = HistoryQuery.of(tracker, NOW.minusSeconds(40), NOW);
        assertThat(store.history().hours(last).get(0).position()).isEqualTo(new Position(47.4, 8.5));
        assertThat(store.history().near(new Position(47.4, 8.5), 10, last, 5)).hasSize(1);
        RetentionEffect effect = store.retention()
                .apply(new RetentionPolicy(
                        Optional.of(DAY.multipliedBy(30)), Optional.empty(), Optional.of(DAY.multipliedBy(14))));
        assertThat(effect.reports()).isPositive();
        HistoryQuery all = HistoryQuery.of(tracker, NOW.minus(DAY.multipliedBy(60)), NOW);
        assertThat(store.history().days(all)).hasSizeGreaterThan(49);
    }

    private static List<String> indexes(Capabilities capabilities) {
        List<String> always = List.of(
                "location_reports_batch",
                "location_reports_location",
                "location_reports_once",
                "location_reports_received",
                "location_reports_tracker_time");
        return capabilities.timescaledb()
                ? always
                : Stream.concat(always.stream(), Stream.of("location_reports_time"))
                        .sorted()
                        .toList();
    }

    private static void createExtensions(DataSource admin, Capabilities capabilities) {
        try (Connection connection = admin.getConnection();
                Statement statement = connection.createStatement()) {
            if (capabilities.timescaledb()) {
                statement.execute("CREATE EXTENSION IF NOT EXISTS timescaledb");
            }
            if (capabilities.postgis()) {
                // As the store's note says: its own function of that name has to go first.
                statement.execute(
                        "DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'postgis') THEN"
                                + " DROP FUNCTION IF EXISTS st_geomfromtext(text, integer); END IF; END $$");
                statement.execute("CREATE EXTENSION IF NOT EXISTS postgis");
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> query(DataSource source, String sql) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (row.next()) {
                values.add(row.getString(1));
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}

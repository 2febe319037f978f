package org.trackerreports.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trackerreports.store.StoreFixture.NOW;
import static org.trackerreports.store.StoreFixture.newKey;
import static org.trackerreports.store.StoreFixture.report;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.trackerreports.store.server.ServerKind;
import org.trackerreports.store.server.TestDatabase;

@ExtendWith(ServerKind.StopAtTheEnd.class)
class SchemaTest {

    @Test
    void refusesADatabaseThatWasNeverMigratedAndLeavesItEmpty() {
        try (TestDatabase database = ServerKind.PLAIN.newDatabase()) {
            assertThatThrownBy(() -> Schema.requireCurrent(database.dataSource()))
                    .isInstanceOf(SchemaMismatchException.class)
                    .hasMessageContaining("findmy tools db migrate");
            assertThat(execute(database.dataSource(), "SELECT 1 FROM pg_tables WHERE schemaname = 'public'"))
                    .isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(ServerKind.class)
    void tellsVersionsAndSizesBeforeAndAfterMigration(ServerKind kind) {
        try (TestDatabase database = kind.newDatabase()) {
            SchemaStatus before = Schema.status(database.dataSource());
            assertThat(before.current()).isFalse();
            assertThat(before.version()).isEmpty();
            assertThat(before.capabilities()).isEmpty();
            assertThat(before.databaseBytes()).isPositive();

            String version = Schema.migrate(database.dataSource()).version();

            SchemaStatus after = Schema.status(database.dataSource());
            assertThat(after.current()).isTrue();
            assertThat(after.version()).isEqualTo(version);
            assertThat(after.capabilities()).contains(new Capabilities(kind.postgis(), kind.timescaledb()));
            assertThat(after.postgis().isPresent()).isEqualTo(kind.postgis());
            assertThat(after.timescaledb().isPresent()).isEqualTo(kind.timescaledb());
            assertThat(after.server()).matches("1[5-9].*");
            assertThat(after.tableBytes())
                    .containsOnlyKeys(
                            "trackers",
                            "tracker_keys",
                            "location_reports",
                            "location_history_hourly",
                            "location_history_daily");
        }
    }

    @Test
    void refusesANewerSchemaAlsoForMigration() {
        try (StoreFixture fixture = new StoreFixture(ServerKind.PLAIN)) {
            fixture.execute(
                    "INSERT INTO report_store_schema_history (installed_rank, version, description, type, script,"
                            + " installed_by, execution_time, success) VALUES (99, '99', 'future', 'SQL', 'V99.sql', 'me', 1, true)");

            assertThatThrownBy(() -> Schema.requireCurrent(fixture.dataSource()))
                    .isInstanceOf(SchemaMismatchException.class)
                    .hasMessageContaining("99")
                    .hasMessageContaining("newer than this program");
            assertThatThrownBy(() -> Schema.migrate(fixture.dataSource())).isInstanceOf(SchemaMismatchException.class);
        }
    }

    @Test
    void refusesAnOlderSchemaAndNamesTheCommand() {
        try (StoreFixture fixture = new StoreFixture(ServerKind.PLAIN)) {
            fixture.execute("DELETE FROM report_store_schema_history WHERE version = '2'");

            assertThatThrownBy(() -> Schema.requireCurrent(fixture.dataSource()))
                    .isInstanceOf(SchemaMismatchException.class)
                    .hasMessageContaining("schema version 1")
                    .hasMessageContaining("findmy tools db migrate");
        }
    }

    @Test
    void letsOneOfTwoMigratingInstancesWait() throws Exception {
        try (TestDatabase database = ServerKind.PLAIN.newDatabase()) {
            ExecutorService threads = Executors.newFixedThreadPool(3);
            Callable<MigrationResult> migrate = () -> Schema.migrate(database.dataSource());
            int applied = 0;
            for (Future<MigrationResult> result : threads.invokeAll(List.of(migrate, migrate, migrate))) {
                applied += result.get().applied();
            }
            threads.shutdown();
            assertThat(applied).isEqualTo(2);
            Schema.requireCurrent(database.dataSource());
        }
    }

    @Test
    void sharesADatabaseWithTablesOfOthers() {
        try (TestDatabase database = ServerKind.PLAIN.newDatabase()) {
            execute(database.dataSource(), "CREATE TABLE somebody_elses (id int)");
            assertThat(Schema.migrate(database.dataSource()).version()).isEqualTo("2");
            assertThat(Schema.migrate(database.dataSource()).applied()).isZero();
        }
    }

    @Test
    void tellsWhatStandsInTheWayOfARoleWithoutRights() {
        try (TestDatabase database = ServerKind.BOTH.newDatabase()) {
            DataSource weak = weakRole(database.dataSource());
            MigrationResult result = Schema.migrate(weak);

            assertThat(result.capabilities()).isEqualTo(new Capabilities(false, false));
            assertThat(result.notes()).hasSize(2).allSatisfy(note -> assertThat(note)
                    .contains("may not create it", "CREATE EXTENSION", "findmy tools db adopt"));
        }
    }

    @Test
    void saysThatTimescaledbIsThereButNotLoaded() {
        try (TestDatabase database = ServerKind.POSTGIS.newDatabase()) {
            boolean there = text(
                            database.dataSource(),
                            "SELECT count(*) FROM pg_available_extensions WHERE name = 'timescaledb'")
                    .equals("1");
            Assumptions.assumeTrue(there, "TimescaleDB is not installed beside PostGIS");

            MigrationResult result = Schema.migrate(database.dataSource());

            assertThat(result.capabilities()).isEqualTo(new Capabilities(true, false));
            assertThat(result.notes()).singleElement().satisfies(note -> assertThat(note)
                    .contains("shared_preload_libraries"));
        }
    }

    @Test
    void carriesAPlainDatabaseOverWhenTheServerGainedExtensions() {
        try (TestDatabase database = ServerKind.BOTH.newDatabase()) {
            DataSource source = database.dataSource();
            // A role that may create nothing gets what a server without extensions would have.
            Schema.migrate(weakRole(source));
            ReportStore plain = ReportStore.open(source, StoreFixture.KEY, Clock.systemUTC());
            assertThat(plain.capabilities()).isEqualTo(new Capabilities(false, false));
            String key = newKey();
            long id = ((AddOutcome.Added) plain.trackers()
                            .add(List.of(StoreFixture.tracker("t", key)))
                            .get(0))
                    .id();
            plain.reports()
                    .insert(List.of(report(key, NOW, 10, 20), report(key, NOW.plusSeconds(9), 11, 21)), List.of());
            plain.history().refresh();
            HistoryQuery query = HistoryQuery.of(id, NOW, NOW.plusSeconds(60));
            List<StoredReport> reports = plain.history().reports(query);
            List<HistoryBucket> hours = plain.history().hours(query);

            assertThat(Schema.migrate(source).applied()).as("never silently").isZero();
            MigrationResult adopted = Schema.adopt(source);

            assertThat(adopted.applied()).isEqualTo(2);
            assertThat(adopted.capabilities()).isEqualTo(new Capabilities(true, true));
            ReportStore store = ReportStore.open(source, StoreFixture.KEY, Clock.systemUTC());
            assertThat(store.history().reports(query)).isEqualTo(reports).hasSize(2);
            assertThat(store.history().hours(query)).isEqualTo(hours).hasSize(1);
            assertThat(store.history().days(query)).hasSize(1);
            assertThat(store.history().inBox(new GeoBox(9, 19, 12, 22), query, 5))
                    .hasSize(2);
            assertThat(Schema.adopt(source).applied()).isZero();
        }
    }

    /** Makes a role that may use the database and its schema, and nothing else. */
    private static DataSource weakRole(DataSource admin) {
        String role = "store_test_" + UUID.randomUUID().toString().replace("-", "");
        execute(admin, "CREATE ROLE " + role + " LOGIN; GRANT ALL ON SCHEMA public TO " + role);
        return as(role, admin);
    }

    private static DataSource as(String role, DataSource admin) {
        try (Connection connection = admin.getConnection()) {
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setUrl(connection.getMetaData().getURL().replaceFirst("user=[^&]*", "user=" + role));
            source.setUser(role);
            return source;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int execute(DataSource source, String sql) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            int rows = 0;
            if (statement.execute(sql)) {
                while (statement.getResultSet().next()) {
                    rows++;
                }
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(DataSource source, String sql) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}

package org.trackerreports.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.trackerreports.store.error.SchemaMismatchException;
import org.trackerreports.store.schema.Capabilities;
import org.trackerreports.store.schema.MigrationResult;
import org.trackerreports.store.schema.SchemaStatus;
import org.trackerreports.store.server.ServerKind;
import org.trackerreports.store.server.StoreFixture;
import org.trackerreports.store.server.TestDatabase;
import org.trackerreports.store.server.WeakRole;

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

    /** The rows are those that version 0.1.0 wrote. */
    @Test
    void recognisesTheMigrationsOfTheFirstVersion() {
        try (StoreFixture fixture = new StoreFixture(ServerKind.PLAIN)) {
            assertThat(fixture.query("SELECT version, description, type, checksum FROM report_store_schema_history"
                            + " ORDER BY installed_rank"))
                    .startsWith(
                            List.of("1", "tables", "SQL", "19100262"),
                            Arrays.asList("2", "server-dependent parts", "JDBC", null),
                            Arrays.asList("3", "retention", "JDBC", null),
                            Arrays.asList("4", "one row for each hour and day", "JDBC", null));
            fixture.execute("UPDATE report_store_schema_history"
                    + " SET script = 'org.trackerreports.store.ServerDependentMigration' WHERE type = 'JDBC'");

            assertThat(Schema.status(fixture.dataSource()).current()).isTrue();
            assertThat(Schema.migrate(fixture.dataSource()).applied()).isZero();
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
            fixture.execute("DELETE FROM report_store_schema_history WHERE version <> '1'");

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
            CyclicBarrier together = new CyclicBarrier(3);
            Callable<MigrationResult> migrate = () -> {
                together.await();
                return Schema.migrate(database.dataSource());
            };
            int applied = 0;
            for (Future<MigrationResult> result : threads.invokeAll(List.of(migrate, migrate, migrate))) {
                applied += result.get().applied();
            }
            threads.shutdown();
            assertThat(applied).isEqualTo(12);
            Schema.requireCurrent(database.dataSource());
        }
    }

    @Test
    void sharesADatabaseWithTablesOfOthers() {
        try (TestDatabase database = ServerKind.PLAIN.newDatabase()) {
            execute(database.dataSource(), "CREATE TABLE somebody_elses (id int)");
            assertThat(Schema.isCurrent(database.dataSource())).isFalse();
            assertThat(Schema.migrate(database.dataSource()).version()).isEqualTo("12");
            assertThat(Schema.isCurrent(database.dataSource())).isTrue();
            assertThat(Schema.migrate(database.dataSource()).applied()).isZero();
        }
    }

    @Test
    void tellsWhatStandsInTheWayOfARoleWithoutRights() {
        try (TestDatabase database = ServerKind.BOTH.newDatabase();
                HikariDataSource weak = WeakRole.in(database.dataSource())) {
            MigrationResult result = Schema.migrate(weak);

            assertThat(result.capabilities()).isEqualTo(new Capabilities(false, false));
            assertThat(result.notes())
                    .hasSize(2)
                    .allSatisfy(note -> assertThat(note)
                            .contains("may not create it", "CREATE EXTENSION", "findmy tools db adopt"));
        }
    }

    @Test
    void saysThatTimescaledbIsThereButNotLoaded() {
        try (TestDatabase database = ServerKind.POSTGIS.newDatabase()) {
            boolean there = StoreFixture.text(
                            database.dataSource(),
                            "SELECT count(*) FROM pg_available_extensions WHERE name = 'timescaledb'")
                    .equals("1");
            Assumptions.assumeTrue(there, "TimescaleDB is not installed beside PostGIS");

            MigrationResult result = Schema.migrate(database.dataSource());

            assertThat(result.capabilities()).isEqualTo(new Capabilities(true, false));
            assertThat(result.notes())
                    .singleElement()
                    .satisfies(note -> assertThat(note).contains("shared_preload_libraries"));
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
}

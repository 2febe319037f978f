package org.trackerreports.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trackerreports.store.server.StoreFixture.KEY;
import static org.trackerreports.store.server.StoreFixture.NOW;
import static org.trackerreports.store.server.StoreFixture.assertWorthRepeating;
import static org.trackerreports.store.server.StoreFixture.newKey;
import static org.trackerreports.store.server.StoreFixture.report;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.ds.PGSimpleDataSource;
import org.trackerreports.store.error.StoreException;
import org.trackerreports.store.report.InsertResult;
import org.trackerreports.store.report.NewReport;
import org.trackerreports.store.server.InstalledServer;
import org.trackerreports.store.server.ServerKind;
import org.trackerreports.store.server.StoreFixture;
import org.trackerreports.store.server.TestDatabase;

/** What happens when the database is taken away in the middle, or two do the same at once. */
@ExtendWith(ServerKind.StopAtTheEnd.class)
class FailureTest {

    @Test
    void storesOnceWhatTwoWritersBringAtTheSameTime() throws Exception {
        for (ServerKind kind : List.of(ServerKind.PLAIN, ServerKind.BOTH)) {
            try (StoreFixture fixture = new StoreFixture(kind)) {
                List<NewReport> batch = batch(fixture, 400);
                List<NewReport> reversed = new ArrayList<>(batch);
                Collections.reverse(reversed);
                ExecutorService writers = Executors.newFixedThreadPool(4);
                List<Callable<InsertResult>> calls = List.of(
                        () -> fixture.store.reports().insert(batch, List.of()),
                        () -> fixture.store.reports().insert(reversed, List.of()),
                        () -> fixture.store.reports().insert(batch, List.of()),
                        () -> fixture.store.reports().insert(reversed, List.of()));
                long fresh = 0;
                for (Future<InsertResult> result : writers.invokeAll(calls)) {
                    fresh += result.get().newReports();
                }
                writers.shutdown();
                assertThat(fresh).isEqualTo(400);
                assertThat(count(fixture)).isEqualTo(400);
            }
        }
    }

    /** Another program's lock, which makes every insert of reports wait. */
    private static final class LockedReports implements AutoCloseable {

        private final Connection connection;

        LockedReports(StoreFixture fixture) throws SQLException {
            connection = fixture.dataSource().getConnection();
            connection.setAutoCommit(false);
        }

        void take() throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute("LOCK TABLE location_reports IN EXCLUSIVE MODE");
            }
        }

        void release() throws SQLException {
            connection.rollback();
        }

        /** The address of the database. */
        String url() throws SQLException {
            return connection.getMetaData().getURL();
        }

        @Override
        public void close() throws SQLException {
            connection.rollback();
            connection.close();
        }
    }

    @Test
    void canRepeatAnInsertThatWasKilledWithoutADuplicate() throws Exception {
        try (StoreFixture fixture = new StoreFixture(ServerKind.PLAIN);
                LockedReports lock = new LockedReports(fixture)) {
            List<NewReport> batch = batch(fixture, 50);
            lock.take();
            ExecutorService writer = Executors.newSingleThreadExecutor();
            Future<InsertResult> result =
                    writer.submit(() -> fixture.store.reports().insert(batch, List.of()));
            Awaitility.await()
                    .until(() -> !fixture.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                                    + " WHERE wait_event_type = 'Lock' AND datname = current_database()")
                            .isEmpty());

            assertWorthRepeating(result).hasMessageContaining("could not store reports");
            lock.release();
            writer.shutdown();
            assertThat(count(fixture)).isZero();
            assertThat(fixture.store.reports().insert(batch, List.of()).newReports())
                    .isEqualTo(50);
            assertThat(fixture.store.reports().insert(batch, List.of()).duplicates())
                    .isEqualTo(50);
        }
    }

    @Test
    void canRepeatAnInsertThatTimedOutWithoutADuplicate() throws Exception {
        try (StoreFixture fixture = new StoreFixture(ServerKind.PLAIN);
                LockedReports lock = new LockedReports(fixture)) {
            List<NewReport> batch = batch(fixture, 50);
            PGSimpleDataSource impatient = new PGSimpleDataSource();
            impatient.setUrl(lock.url());
            impatient.setOptions("-c statement_timeout=1000");
            ReportStore store = ReportStore.open(impatient, KEY, Clock.fixed(NOW, ZoneOffset.UTC));
            lock.take();

            assertThatThrownBy(() -> store.reports().insert(batch, List.of()))
                    .isInstanceOfSatisfying(
                            StoreException.class,
                            e -> assertThat(e.worthRepeating()).isTrue())
                    .hasMessageContaining("SQLSTATE 57014");
            lock.release();
            assertThat(count(fixture)).isZero();
            assertThat(store.reports().insert(batch, List.of()).newReports()).isEqualTo(50);
            assertThat(store.reports().insert(batch, List.of()).duplicates()).isEqualTo(50);
        }
    }

    @Test
    void goesOnAfterTheServerWasGone() {
        InstalledServer server = new InstalledServer(false);
        server.missing().ifPresent(reason -> Assumptions.abort("skipped: " + reason));
        try (TestDatabase database = server.newDatabase()) {
            Schema.migrate(database.dataSource());
            ReportStore store = ReportStore.open(database.dataSource(), KEY, Clock.fixed(NOW, ZoneOffset.UTC));
            String key = newKey();
            store.trackers().add(List.of(StoreFixture.tracker("survivor", key)));
            NewReport report = report(key, NOW.minusSeconds(60), 1, 2);
            store.reports().insert(List.of(report), List.of());

            server.interrupt();
            assertThatThrownBy(() -> store.reports().insert(List.of(report), List.of()))
                    .isInstanceOfSatisfying(
                            StoreException.class,
                            e -> assertThat(e.worthRepeating()).isTrue());
            assertThatThrownBy(() -> store.history().latest())
                    .isInstanceOfSatisfying(
                            StoreException.class,
                            e -> assertThat(e.worthRepeating()).isTrue());

            server.start();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(store.reports()
                                    .insert(List.of(report), List.of())
                                    .duplicates())
                            .isEqualTo(1));
            assertThat(store.history().latest()).hasSize(1);
        } finally {
            server.stop();
        }
    }

    @Test
    void saysWhyTheServerGaveThePoolNoConnection() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:postgresql://127.0.0.1:9/nobody");
        config.setConnectionTimeout(1_000);
        config.setInitializationFailTimeout(-1);
        try (HikariDataSource pool = new HikariDataSource(config)) {
            assertThatThrownBy(() -> ReportStore.open(pool, KEY, Clock.fixed(NOW, ZoneOffset.UTC)))
                    .isInstanceOfSatisfying(
                            StoreException.class,
                            e -> assertThat(e.worthRepeating()).isTrue())
                    .hasMessageContaining("Connection to 127.0.0.1:9 refused")
                    .hasMessageContaining("SQLSTATE 08001");
        }
    }

    @Test
    void tellsAFaultOfTheCallerFromOneOfTheServerWithoutShowingRows() {
        try (StoreFixture fixture = new StoreFixture(ServerKind.PLAIN)) {
            fixture.execute("ALTER TABLE location_reports ADD CHECK (horizontal_accuracy < 12)");
            List<NewReport> batch = batch(fixture, 1);

            assertThatThrownBy(() -> fixture.store.reports().insert(batch, List.of()))
                    .isInstanceOfSatisfying(StoreException.class, e -> {
                        assertThat(e.worthRepeating()).isFalse();
                        assertThat(e.getMessage()).contains("SQLSTATE 23514");
                        assertThat(e.getCause().toString()).doesNotContain("Failing row", "12.5");
                    });
        }
    }

    private static List<NewReport> batch(StoreFixture fixture, int size) {
        String key = newKey();
        fixture.addTracker("batch", key);
        List<NewReport> batch = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            batch.add(report(key, NOW.minusSeconds(i), i / 10.0, i / 10.0));
        }
        return batch;
    }

    private static long count(StoreFixture fixture) {
        return Long.parseLong(
                fixture.query("SELECT count(*) FROM location_reports").get(0).get(0));
    }
}

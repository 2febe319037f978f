package org.trackerreports.store.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.assertj.core.api.AbstractThrowableAssert;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.Schema;
import org.trackerreports.store.error.StoreException;
import org.trackerreports.store.report.InsertResult;
import org.trackerreports.store.report.NewReport;
import org.trackerreports.store.report.Payload;
import org.trackerreports.store.report.Position;
import org.trackerreports.store.report.ReportContent;
import org.trackerreports.store.secret.MasterKey;
import org.trackerreports.store.secret.Secret;
import org.trackerreports.store.tracker.AddOutcome;
import org.trackerreports.store.tracker.NewTracker;

/** A migrated, opened store on a new database, and short ways to make what tests put into it. */
public final class StoreFixture implements AutoCloseable {

    public static final MasterKey KEY = MasterKey.random();
    public static final Instant NOW = Instant.parse("2026-06-15T12:00:00Z");
    private static final AtomicInteger COUNTER = new AtomicInteger();

    private final TestDatabase database;
    public final ReportStore store;

    public StoreFixture(ServerKind kind) {
        database = kind.newDatabase();
        Schema.migrate(database.dataSource());
        store = ReportStore.open(database.dataSource(), KEY, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    public DataSource dataSource() {
        return database.dataSource();
    }

    public Optional<String> dump() {
        return database.dump();
    }

    @Override
    public void close() {
        database.close();
    }

    /** A key that no other test has. */
    public static String newKey() {
        byte[] hash = new byte[32];
        byte[] text = ("key " + COUNTER.incrementAndGet()).getBytes(StandardCharsets.UTF_8);
        System.arraycopy(text, 0, hash, 0, text.length);
        return Base64.getEncoder().encodeToString(hash);
    }

    public static NewTracker tracker(String name, String... keys) {
        return new NewTracker(
                name,
                "static",
                Secret.ofText("material of " + name + List.of(keys)),
                Map.of(),
                List.of(keys),
                Optional.empty());
    }

    public long addTracker(String name, String... keys) {
        return ((AddOutcome.Added)
                        store.trackers().add(List.of(tracker(name, keys))).get(0))
                .id();
    }

    public static NewReport report(String key, Instant time, double latitude, double longitude) {
        return report(key, time, latitude, longitude, 2);
    }

    public static NewReport report(String key, Instant time, double latitude, double longitude, int confidence) {
        String payload = key + time + latitude + "/" + longitude + "/" + confidence;
        return new NewReport(
                OptionalLong.empty(),
                key,
                time,
                new ReportContent(
                        Optional.of(new Position(latitude, longitude)),
                        confidence,
                        OptionalDouble.of(12.5),
                        OptionalInt.of(32),
                        Optional.of("Somewhere, XX"),
                        Set.of(),
                        Optional.empty()),
                Optional.of(Payload.of(payload.getBytes(StandardCharsets.UTF_8))),
                NOW);
    }

    /** The report, of this tracker. */
    public static NewReport withTracker(NewReport report, long tracker) {
        return new NewReport(
                OptionalLong.of(tracker),
                report.hashedAdvKey(),
                report.timestamp(),
                report.content(),
                report.payload(),
                report.receivedAt());
    }

    /** Refreshes as if it were that time. */
    public static void refreshAsOf(StoreFixture fixture, Instant time) {
        ReportStore.open(fixture.dataSource(), KEY, Clock.fixed(time, ZoneOffset.UTC))
                .history()
                .refresh();
    }

    /** The first column of the first row of a query on a database without a store, or before one is opened. */
    public static String text(DataSource source, String sql) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public InsertResult insert(NewReport... reports) {
        return store.reports().insert(List.of(reports), List.of());
    }

    public int execute(String sql) {
        try (Connection connection = dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            return statement.execute(sql) ? 0 : statement.getUpdateCount();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first column of each row as text. */
    public List<String> firstColumn(String sql) {
        return query(sql).stream().map(row -> row.get(0)).toList();
    }

    /** Asserts that a call failed in a way that repeating it can help; the result is about its exception. */
    public static AbstractThrowableAssert<?, ?> assertWorthRepeating(Future<?> call) {
        return assertThatThrownBy(call::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        StoreException.class,
                        e -> assertThat(e.worthRepeating()).isTrue());
    }

    /** The rows' columns as texts. */
    public List<List<String>> query(String sql) {
        try (Connection connection = dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            List<List<String>> rows = new ArrayList<>();
            while (row.next()) {
                List<String> columns = new ArrayList<>();
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    columns.add(row.getString(i));
                }
                rows.add(columns);
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}

package org.trackerreports.server.support;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.Schema;
import org.trackerreports.store.access.AddTokenOutcome;
import org.trackerreports.store.access.NewToken;
import org.trackerreports.store.access.TokenScope;
import org.trackerreports.store.movement.Judge;
import org.trackerreports.store.movement.JudgedReport;
import org.trackerreports.store.movement.JudgingResult;
import org.trackerreports.store.movement.JudgingSettings;
import org.trackerreports.store.movement.PlaceJudgement;
import org.trackerreports.store.movement.PlaceWindow;
import org.trackerreports.store.movement.ReportWindow;
import org.trackerreports.store.movement.WindowJudgement;
import org.trackerreports.store.report.NewReport;
import org.trackerreports.store.report.Payload;
import org.trackerreports.store.report.Position;
import org.trackerreports.store.report.ReportContent;
import org.trackerreports.store.report.StoredReport;
import org.trackerreports.store.secret.MasterKey;
import org.trackerreports.store.secret.Secret;
import org.trackerreports.store.tracker.AddOutcome;
import org.trackerreports.store.tracker.NewTracker;

/** A store on a new database of one PostgreSQL that all tests share, and short ways to fill it. */
public final class TestStore implements AutoCloseable {

    private static final AtomicInteger COUNTER = new AtomicInteger();
    private static EmbeddedPostgres postgres;

    private final HikariDataSource dataSource;

    /** As the daemon with the role fetch has it, which fills the database. */
    public final ReportStore store;

    public TestStore(Clock clock) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(newDatabase());
        config.setMaximumPoolSize(10);
        config.setMinimumIdle(0);
        dataSource = new HikariDataSource(config);
        Schema.migrate(dataSource);
        store = ReportStore.open(dataSource, MasterKey.random(), clock);
    }

    private static synchronized String newDatabase() {
        try {
            if (postgres == null) {
                postgres = EmbeddedPostgres.start();
            }
            String name = "server_" + COUNTER.incrementAndGet();
            try (Connection connection = postgres.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE " + name);
            }
            return postgres.getJdbcUrl("postgres", name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public HikariDataSource dataSource() {
        return dataSource;
    }

    /** Connections of another role. */
    public HikariDataSource dataSource(String role) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(dataSource.getJdbcUrl().replaceFirst("user=[^&]*", "user=" + role));
        config.setMaximumPoolSize(6);
        config.setMinimumIdle(0);
        return new HikariDataSource(config);
    }

    public void execute(String sql) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A key that no other tracker has. */
    public static String newKey() {
        byte[] hash = Arrays.copyOf(("key " + COUNTER.incrementAndGet()).getBytes(StandardCharsets.UTF_8), 32);
        return Base64.getEncoder().encodeToString(hash);
    }

    public long addTracker(String name, Map<String, String> labels, String... keys) {
        return ((AddOutcome.Added) store.trackers()
                        .add(List.of(new NewTracker(
                                name, "static", Secret.ofText(name), labels, List.of(keys), Optional.empty())))
                        .get(0))
                .id();
    }

    public String token(String name, TokenScope scope, Map<String, String> labels) {
        return ((AddTokenOutcome.Added) store.tokens().add(new NewToken(name, scope, labels, Optional.empty())))
                .text()
                .text();
    }

    public static NewReport report(String key, Instant time, double latitude, double longitude) {
        return report(key, time, latitude, longitude, 34, 0x60);
    }

    public static NewReport report(
            String key, Instant time, double latitude, double longitude, double accuracy, int status) {
        String payload = key + time + latitude + "/" + longitude + "/" + accuracy;
        return new NewReport(
                OptionalLong.empty(),
                key,
                time,
                new ReportContent(
                        Optional.of(new Position(latitude, longitude)),
                        2,
                        OptionalDouble.of(accuracy),
                        OptionalInt.of(status),
                        Optional.of("Berlin, DE"),
                        Set.of(),
                        Optional.empty()),
                Optional.of(Payload.of(payload.getBytes(StandardCharsets.UTF_8))),
                time.plus(Duration.ofMinutes(20)));
    }

    public void insert(NewReport... reports) {
        store.reports().insert(List.of(reports), List.of());
    }

    /** Judges all that waits, and finds nothing wrong with it. */
    public void judge() {
        judge(store, Set.of());
    }

    /**
     * Judges all that waits with a store of another role, and gives all reports a flag that says that they are uncertain.
     *
     * @return how many reports were judged
     */
    public long judgeWith(ReportStore other, String flag) {
        return judge(other, Set.of(flag));
    }

    private static long judge(ReportStore store, Set<String> flags) {
        long judged = 0;
        JudgingResult result;
        do {
            result =
                    store.judging().step(new Lenient(flags), new JudgingSettings("test", 2_000, 2, Duration.ofDays(8)));
            judged += result.reports();
        } while (result.more());
        return judged;
    }

    /** A judge that gives the same flags to all, and finds no transitions. */
    private record Lenient(Set<String> flags) implements Judge {

        @Override
        public WindowJudgement judge(ReportWindow window) {
            return new WindowJudgement(
                    window.reports().stream()
                            .map(report -> new JudgedReport(report, Set.of(), flags))
                            .toList(),
                    false,
                    false,
                    true,
                    Optional.empty());
        }

        @Override
        public PlaceJudgement transitions(PlaceWindow window) {
            return new PlaceJudgement(List.of(), "{}", Optional.empty());
        }

        @Override
        public Optional<String> battery(StoredReport report) {
            return Optional.of("full");
        }
    }

    @Override
    public void close() {
        dataSource.close();
    }
}

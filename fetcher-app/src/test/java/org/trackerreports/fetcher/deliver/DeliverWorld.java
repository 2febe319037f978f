package org.trackerreports.fetcher.deliver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.trackerreports.core.config.DefaultDirectories;
import org.trackerreports.core.embedded.DataDirectory;
import org.trackerreports.core.embedded.EmbeddedServers;
import org.trackerreports.core.embedded.ServerAddresses;
import org.trackerreports.core.movement.MovementJudge;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.Schema;
import org.trackerreports.store.movement.JudgingSettings;
import org.trackerreports.store.place.Area;
import org.trackerreports.store.place.NewPlace;
import org.trackerreports.store.report.NewReport;
import org.trackerreports.store.report.Payload;
import org.trackerreports.store.report.Position;
import org.trackerreports.store.report.ReportContent;
import org.trackerreports.store.secret.MasterKey;
import org.trackerreports.store.secret.Secret;
import org.trackerreports.store.tracker.AddOutcome;
import org.trackerreports.store.tracker.NewTracker;

/** A database with trackers and judged reports. */
public final class DeliverWorld implements AutoCloseable {

    public static final Position HOME = new Position(52.5, 13.4);

    /** So near that nobody takes it for a wrong position. */
    public static final Position AWAY = new Position(52.505, 13.4);

    private static final JudgingSettings JUDGING = new JudgingSettings("judge", 5_000, 2, Duration.ofDays(8));

    private final EmbeddedServers servers;
    private final PGSimpleDataSource database = new PGSimpleDataSource();
    private final ReportStore store;
    private int number;

    public DeliverWorld(Path directory) throws Exception {
        servers = EmbeddedServers.open(
                DataDirectory.prepare(directory.resolve("data")),
                new EmbeddedServers.Request(
                        EmbeddedServers.User.DAEMON,
                        0,
                        0,
                        DefaultDirectories.cache(Map.copyOf(System.getenv()), directory)
                                .resolve("programs")));
        database.setUrl(servers.addresses().databaseUrl());
        database.setUser(ServerAddresses.USER);
        database.setPassword(servers.addresses().databasePassword());
        Schema.migrate(database);
        store = ReportStore.open(database, MasterKey.random(), Clock.systemUTC());
    }

    public ReportStore store() {
        return store;
    }

    /** How many connections wait for notifications. */
    public int listeners() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'LISTEN %' AND pid <> pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }

    DataSource database() {
        return database;
    }

    /** Adds a tracker. */
    public long tracker(String name, Map<String, String> labels) {
        NewTracker tracker = new NewTracker(
                name, "static", Secret.ofText("material of " + name), labels, List.of(key(name)), Optional.empty());
        return ((AddOutcome.Added) store.trackers().add(List.of(tracker)).get(0)).id();
    }

    private static String key(String name) {
        byte[] hash = new byte[32];
        byte[] text = name.getBytes(UTF_8);
        System.arraycopy(text, 0, hash, 0, text.length);
        return Base64.getEncoder().encodeToString(hash);
    }

    /** A place of 100 metres around {@link #HOME}. */
    long place(String name, Map<String, String> labels) {
        NewPlace place =
                new NewPlace(name, new Area.Circle(HOME, 100), labels, 1, Duration.ZERO, Duration.ofHours(6), true);
        store.places().add(place);
        return store.places().find(name).orElseThrow().id();
    }

    /** Stores reports in one transaction. */
    void store(List<NewReport> reports) {
        assertThat(store.reports().insert(reports, List.of()).newReports()).isEqualTo(reports.size());
    }

    /** Stores a report. */
    public void report(long tracker, String name, Instant time, Position position) {
        store(List.of(newReport(tracker, name, time, position)));
    }

    NewReport newReport(long tracker, String name, Instant time, Position position) {
        number++;
        return new NewReport(
                OptionalLong.of(tracker),
                key(name),
                time,
                new ReportContent(
                        Optional.of(position),
                        2,
                        OptionalDouble.of(20),
                        OptionalInt.of(0b0010_0000),
                        Optional.of("Berlin, DE"),
                        Set.of(),
                        Optional.empty()),
                Optional.of(Payload.of((name + time + number).getBytes(UTF_8))),
                time.plusSeconds(60));
    }

    /** Reports of a tracker at home, a minute apart. */
    List<NewReport> reports(long tracker, String name, Instant first, int count) {
        List<NewReport> reports = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            reports.add(newReport(tracker, name, first.plusSeconds(60L * i), HOME));
        }
        return reports;
    }

    /** Judges everything. */
    public void judge() {
        while (store.judging().step(new MovementJudge(), JUDGING).more()) {
            // A step does some of it.
        }
    }

    /** Changes the database as no part of the system does. */
    public void execute(String sql) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        servers.close();
    }
}

package org.trackerreports.benchmarks.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.trackerreports.benchmarks.LocalServers;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.Schema;
import org.trackerreports.store.report.InsertResult;
import org.trackerreports.store.report.NewReport;
import org.trackerreports.store.report.Payload;
import org.trackerreports.store.report.Position;
import org.trackerreports.store.report.ReportContent;
import org.trackerreports.store.secret.MasterKey;
import org.trackerreports.store.secret.Secret;
import org.trackerreports.store.tracker.NewTracker;
import org.trackerreports.store.tracker.Tracker;

/** The database to measure: 1,000 trackers and, if requested, reports of 30 days. Not thread-safe. */
final class StoredWorld implements AutoCloseable {

    /** Announced: the database's address for JDBC. */
    static final String DATABASE = "database";

    static final int TRACKERS = 1_000;
    static final int DAYS = 30;

    private static final long ROWS_AT_A_TIME = 500_000;

    /** Of the benchmarks only, which run in processes of their own. */
    private static final String MASTER_KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private final HikariDataSource dataSource;
    private final ReportStore store;
    private final List<Long> trackerIds;

    private StoredWorld(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(4);
        dataSource = new HikariDataSource(config);
        Schema.migrate(dataSource);
        store = ReportStore.open(dataSource, MasterKey.fromBase64(MASTER_KEY), Clock.systemUTC());
        List<NewTracker> trackers = IntStream.range(0, TRACKERS)
                .mapToObj(number -> new NewTracker(
                        "tracker " + number,
                        "static",
                        Secret.ofText("no key"),
                        Map.of(),
                        List.of(hashedKey(number)),
                        Optional.empty()))
                .toList();
        // Existing ones are left unchanged.
        store.trackers().add(trackers);
        Map<String, Long> ids = store.trackers().list().stream().collect(Collectors.toMap(Tracker::name, Tracker::id));
        trackerIds = trackers.stream().map(tracker -> ids.get(tracker.name())).toList();
    }

    /** The one at this address, made if it is not there. */
    static StoredWorld at(String url) {
        return new StoredWorld(url);
    }

    /** In a benchmark's own virtual machine: the one that was made before. */
    static StoredWorld connect() {
        return new StoredWorld(LocalServers.announced(DATABASE));
    }

    /** A generated key of a tracker. */
    static String hashedKey(int tracker) {
        return Base64.getEncoder()
                .encodeToString(ByteBuffer.allocate(32).putInt(28, tracker).array());
    }

    DataSource dataSource() {
        return dataSource;
    }

    ReportStore store() {
        return store;
    }

    /** The trackers' ids, by number. */
    List<Long> trackerIds() {
        return trackerIds;
    }

    /** Stores new reports. */
    InsertResult insert(List<NewReport> reports) {
        InsertResult result = store.reports().insert(reports, List.of());
        if (result.newReports() != reports.size()) {
            throw new IllegalStateException(
                    "only " + result.newReports() + " of " + reports.size() + " reports were stored");
        }
        return result;
    }

    /**
     * Fills the table with rows like the store's own, made on the server, evenly over trackers and time, and the history from them.
     *
     * @return how many seconds the history took
     */
    double fill(int reports, Instant now) throws SQLException {
        for (long start = 0; start < reports; start += ROWS_AT_A_TIME) {
            execute(
                    "INSERT INTO location_reports (hashed_adv_key, \"timestamp\", location, confidence, horizontal_accuracy,"
                            + " nearest_city, tracker_id, status, payload, digest, batch)"
                            + " SELECT k.hashed_adv_key, timestamptz '" + now + "' - (n::numeric / " + reports + " * "
                            + DAYS
                            + ") * interval '1 day' - interval '10 minutes',"
                            + " location_of(random() * 140 - 70, random() * 360 - 180), 1 + (n % 3), 10, 'Berlin, DE',"
                            + " k.tracker_id, 32, decode(repeat(md5(n::text), 5) || md5(n::text || 'x')::text, 'hex'),"
                            + " md5(n::text)::uuid, 0 FROM generate_series(" + (start + 1) + "::bigint, "
                            + Math.min(reports, start + ROWS_AT_A_TIME) + ") n"
                            + " JOIN (SELECT *, row_number() OVER (ORDER BY tracker_id) - 1 AS place FROM tracker_keys) k"
                            + " ON k.place = (n * 7919) % " + TRACKERS);
        }
        double seconds = refresh();
        execute("ANALYZE");
        return seconds;
    }

    /** Brings the history up to date; how many seconds that took. */
    double refresh() {
        long began = System.nanoTime();
        store.history().refresh();
        return (System.nanoTime() - began) / 1e9;
    }

    /**
     * A new report of a random tracker.
     *
     * @param lately how long ago it was made at most
     */
    NewReport newReport(Random random, Instant now, Duration lately) {
        int number = random.nextInt(TRACKERS);
        byte[] payload = new byte[88];
        random.nextBytes(payload);
        return new NewReport(
                OptionalLong.of(trackerIds.get(number)),
                hashedKey(number),
                now.minusSeconds(1 + random.nextLong(lately.toSeconds())),
                new ReportContent(
                        Optional.of(new Position(random.nextDouble() * 140 - 70, random.nextDouble() * 360 - 180)),
                        1 + random.nextInt(3),
                        OptionalDouble.of(random.nextInt(100)),
                        OptionalInt.of(32),
                        Optional.of("Berlin, DE"),
                        Set.of(),
                        Optional.empty()),
                Optional.of(Payload.of(payload)),
                now);
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() {
        dataSource.close();
    }
}

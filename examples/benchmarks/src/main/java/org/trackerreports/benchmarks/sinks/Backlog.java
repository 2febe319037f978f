package org.trackerreports.benchmarks.sinks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import org.trackerreports.benchmarks.Setting;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.Schema;
import org.trackerreports.store.feed.Feed;
import org.trackerreports.store.feed.FeedPlace;
import org.trackerreports.store.secret.MasterKey;
import org.trackerreports.store.sink.Sinks;

/** Judged reports in the feed that no sink was told of, made on the server. */
final class Backlog implements AutoCloseable {

    /** As many reports as an answer of the service often has. */
    private static final int IN_A_TRANSACTION = 100;

    private static final int TRACKERS = 1_000;

    private final HikariDataSource pool;
    private final ReportStore store;
    private final int transactions;

    private Backlog(HikariDataSource pool, ReportStore store, int transactions) {
        this.pool = pool;
        this.store = store;
        this.transactions = transactions;
    }

    /** Makes about so many on a new database. */
    static Backlog of(int reports, String url, Setting setting) throws SQLException {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(4);
        HikariDataSource pool = new HikariDataSource(config);
        Schema.migrate(pool);
        ReportStore store = ReportStore.open(pool, MasterKey.random(), Clock.systemUTC());
        Backlog backlog = new Backlog(pool, store, reports / IN_A_TRANSACTION);
        setting.tell("  storing " + String.format("%,d", backlog.size()) + " reports");
        backlog.fill();
        return backlog;
    }

    private void fill() throws SQLException {
        execute("INSERT INTO trackers (id, name, kind, key_material, key_id)"
                + " SELECT n, 'tracker ' || n, 'static', '', (SELECT key_id FROM master_keys LIMIT 1)"
                + " FROM generate_series(1, " + TRACKERS + ") n");
        execute(
                "INSERT INTO location_reports (hashed_adv_key, \"timestamp\", location, confidence, horizontal_accuracy, nearest_city,"
                        + " tracker_id, status, payload, digest, batch) SELECT md5((1 + n % " + TRACKERS + ")::text),"
                        + " date_trunc('second', now()) - interval '1 day' + make_interval(secs => n / "
                        + IN_A_TRANSACTION
                        + "), location_of(random() * 140 - 70, random() * 360 - 180), 2, 20, 'Berlin, DE', 1 + n % "
                        + TRACKERS
                        + ", 32, decode(repeat(md5(n::text), 5), 'hex'), md5(n::text)::uuid, 1 + n / "
                        + IN_A_TRANSACTION
                        + " FROM generate_series(0, " + (size() - 1) + ") n");
        execute("INSERT INTO report_feed (batch, change, items, earliest, latest, created_at, judged)"
                + " SELECT batch, 1, count(*), min(\"timestamp\"), max(\"timestamp\"), now(), true FROM location_reports"
                + " GROUP BY batch ORDER BY batch");
        execute("INSERT INTO feed_cursors (consumer, \"position\", owner, heard_at) VALUES ('" + Feed.JUDGE + "', "
                + transactions
                + ", 'benchmark', now()) ON CONFLICT (consumer) DO UPDATE SET \"position\" = EXCLUDED.\"position\"");
        execute("VACUUM ANALYZE");
    }

    int size() {
        return transactions * IN_A_TRANSACTION;
    }

    ReportStore store() {
        return store;
    }

    /** Lets so many of the reports wait for a sink. */
    void waitFor(String sink, int reports) {
        int left = transactions - reports / IN_A_TRANSACTION;
        store.feed()
                .reset(Sinks.consumer(sink), left == 0 ? FeedPlace.BEGINNING : new FeedPlace(left, IN_A_TRANSACTION));
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}

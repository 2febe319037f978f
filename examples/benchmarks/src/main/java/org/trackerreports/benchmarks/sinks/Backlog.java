package org.trackerreports.benchmarks.sinks;

import java.sql.SQLException;
import org.trackerreports.benchmarks.NewDatabase;
import org.trackerreports.benchmarks.Setting;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.feed.Feed;
import org.trackerreports.store.feed.FeedPlace;
import org.trackerreports.store.sink.Sinks;

/** Judged reports in the feed that no sink was told of, made on the server. */
final class Backlog implements AutoCloseable {

    /** As many reports as an answer of the service often has. */
    private static final int IN_A_TRANSACTION = 100;

    private static final int TRACKERS = 1_000;

    private final NewDatabase database;
    private final int transactions;

    private Backlog(NewDatabase database, int transactions) {
        this.database = database;
        this.transactions = transactions;
    }

    /** Makes about so many on a new database. */
    static Backlog of(int reports, String url, Setting setting) throws SQLException {
        Backlog backlog = new Backlog(NewDatabase.at(url), reports / IN_A_TRANSACTION);
        setting.tell("  storing " + String.format("%,d", backlog.size()) + " reports");
        backlog.fill();
        return backlog;
    }

    private void fill() throws SQLException {
        database.execute("INSERT INTO trackers (id, name, kind, key_material, key_id)"
                + " SELECT n, 'tracker ' || n, 'static', '', (SELECT key_id FROM master_keys LIMIT 1)"
                + " FROM generate_series(1, " + TRACKERS + ") n");
        database.execute(
                "INSERT INTO location_reports (hashed_adv_key, \"timestamp\", location, confidence, horizontal_accuracy, nearest_city,"
                        + " tracker_id, status, payload, digest, batch) SELECT md5((1 + n % " + TRACKERS + ")::text),"
                        + " date_trunc('second', now()) - interval '1 day' + make_interval(secs => n / "
                        + IN_A_TRANSACTION
                        + "), location_of(random() * 140 - 70, random() * 360 - 180), 2, 20, 'Berlin, DE', 1 + n % "
                        + TRACKERS
                        + ", 32, decode(repeat(md5(n::text), 5), 'hex'), md5(n::text)::uuid, 1 + n / "
                        + IN_A_TRANSACTION
                        + " FROM generate_series(0, " + (size() - 1) + ") n");
        database.execute("INSERT INTO report_feed (batch, change, items, earliest, latest, created_at, judged)"
                + " SELECT batch, 1, count(*), min(\"timestamp\"), max(\"timestamp\"), now(), true FROM location_reports"
                + " GROUP BY batch ORDER BY batch");
        database.execute(
                "INSERT INTO feed_cursors (consumer, \"position\", owner, heard_at) VALUES ('" + Feed.JUDGE + "', "
                        + transactions
                        + ", 'benchmark', now()) ON CONFLICT (consumer) DO UPDATE SET \"position\" = EXCLUDED.\"position\"");
        database.execute("VACUUM ANALYZE");
    }

    int size() {
        return transactions * IN_A_TRANSACTION;
    }

    ReportStore store() {
        return database.store();
    }

    /** Lets so many of the reports wait for a sink. */
    void waitFor(String sink, int reports) {
        int left = transactions - reports / IN_A_TRANSACTION;
        database.store()
                .feed()
                .reset(Sinks.consumer(sink), left == 0 ? FeedPlace.BEGINNING : new FeedPlace(left, IN_A_TRANSACTION));
    }

    @Override
    public void close() {
        database.close();
    }
}

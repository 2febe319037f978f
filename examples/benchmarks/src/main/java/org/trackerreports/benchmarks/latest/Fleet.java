package org.trackerreports.benchmarks.latest;

import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import javax.sql.DataSource;
import org.trackerreports.benchmarks.NewDatabase;
import org.trackerreports.benchmarks.Setting;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.feed.Feed;
import org.trackerreports.store.history.GeoBox;

/** Many trackers with one report each, made on the server. Not thread-safe. */
public final class Fleet implements AutoCloseable {

    private final NewDatabase database;
    private final ReportStore store;
    private final int trackers;
    private final Random random = new Random(3);

    private Fleet(NewDatabase database, int trackers) {
        this.database = database;
        this.store = database.store();
        this.trackers = trackers;
    }

    /** Makes them on a new database. */
    public static Fleet of(int trackers, String url, Setting setting) throws SQLException {
        Fleet fleet = new Fleet(NewDatabase.at(url), trackers);
        setting.tell("  storing " + String.format("%,d", trackers) + " trackers");
        fleet.fill();
        return fleet;
    }

    /** Evenly over the land and sea between 70° south and 70° north. */
    private void fill() throws SQLException {
        database.execute("INSERT INTO trackers (id, name, kind, key_material, key_id, labels)"
                + " SELECT n, 'tracker ' || n, 'static', '', (SELECT key_id FROM master_keys LIMIT 1),"
                + " jsonb_build_object('part', (n % 100)::text, 'half', (n % 2)::text)"
                + " FROM generate_series(1, " + trackers + ") n");
        database.execute(
                "INSERT INTO location_reports (hashed_adv_key, \"timestamp\", location, confidence, horizontal_accuracy, nearest_city,"
                        + " tracker_id, status, payload, digest, batch) SELECT md5(n::text), now() - random() * interval '1 day',"
                        + " location_of(random() * 140 - 70, random() * 360 - 180), 2, 20, 'Berlin, DE', n, 32,"
                        + " decode(repeat(md5(n::text), 5), 'hex'), md5(n::text)::uuid, 0 FROM generate_series(1, "
                        + trackers + ") n");
        database.execute(
                "INSERT INTO latest_positions SELECT tracker_id, \"timestamp\", digest, hashed_adv_key, location, confidence,"
                        + " horizontal_accuracy, nearest_city, status, uncertain_flags, received_at FROM location_reports");
        database.execute("VACUUM ANALYZE");
    }

    /** Whether a process seems to judge reports, so that the table is used. */
    public Fleet judged(boolean judged) throws SQLException {
        database.execute(
                "INSERT INTO feed_cursors (consumer, \"position\", owner, heard_at) VALUES ('" + Feed.JUDGE
                        + "', 0, 'benchmark', now() " + (judged ? "+" : "-")
                        + " interval '1 day') ON CONFLICT (consumer) DO UPDATE SET owner = EXCLUDED.owner, heard_at = EXCLUDED.heard_at");
        // Else both would read the same way, and the comparison would say nothing.
        if (store.feed().isJudged() != judged) {
            throw new IllegalStateException("the store does not follow whether reports are judged");
        }
        return this;
    }

    public DataSource dataSource() {
        return database.pool();
    }

    public ReportStore store() {
        return store;
    }

    void one() {
        require(
                1,
                store.history().latest(List.of(1L + random.nextInt(trackers))).size());
    }

    void page(int size) {
        require(size, store.history().latestPage("tracker 1", size).size());
    }

    /** A window that has about so many trackers. */
    void window(int size) {
        double share = Math.sqrt((double) size / trackers);
        double south = random.nextDouble() * 140 * (1 - share) - 70;
        double west = random.nextDouble() * 360 * (1 - share) - 180;
        require(
                size / 2,
                store.history()
                        .latestIn(new GeoBox(south, west, south + 140 * share, west + 360 * share), 2 * size)
                        .size());
    }

    private static void require(int least, int found) {
        if (found < least) {
            throw new IllegalStateException("found " + found + " positions, expected " + least);
        }
    }

    @Override
    public void close() {
        database.close();
    }
}

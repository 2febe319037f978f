package org.trackerreports.benchmarks.reading;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.trackerreports.benchmarks.NewDatabase;
import org.trackerreports.benchmarks.Setting;
import org.trackerreports.store.feed.Feed;

/**
 * A month of a fleet, made on the server, in the order in which it would have been stored: so the reports of a tracker are in as many blocks
 * of the disk as they would be. One tracker of a hundred has a report each half hour. The others are seen every 33 hours, four times within an
 * hour. One more tracker has ten years of half hours. Thread-safe.
 */
final class Archive implements AutoCloseable {

    /** On average. */
    private static final int REPORTS_OF_EACH = 100;

    /** Ten years of half hours. */
    private static final int LONGEST = 175_200;

    private static final int DAYS = 31;
    private static final int HOURS_OF_A_DAY = 24;
    private static final int WRITERS = 2;
    private static final String ALL_MEMORY = "SET work_mem = '500MB'; SET maintenance_work_mem = '1GB'; ";
    private static final String USUAL_MEMORY = "; RESET work_mem; RESET maintenance_work_mem";

    /** About as much work for each of two connections. */
    private static final List<String> INDEXES = List.of(
            "CREATE UNIQUE INDEX location_reports_once ON location_reports (hashed_adv_key, \"timestamp\", digest);"
                    + "CREATE INDEX location_reports_tracker_time ON location_reports (tracker_id, \"timestamp\" DESC)",
            "CREATE INDEX location_reports_location ON location_reports USING gist (location);"
                    + "ALTER TABLE location_history_hourly ADD PRIMARY KEY (tracker_id, bucket, confidence, marked);"
                    + "ALTER TABLE location_history_daily ADD PRIMARY KEY (tracker_id, bucket, confidence, marked)");

    private final NewDatabase database;
    private final int trackers;
    private final long longest;

    private Archive(NewDatabase database, int trackers, long longest) {
        this.database = database;
        this.trackers = trackers;
        this.longest = longest;
    }

    /** Makes it in an empty database; one that is there already is used as it is. */
    static Archive at(String url, int reports, Setting setting) throws Exception {
        NewDatabase database = NewDatabase.at(url);
        long stored = database.number("SELECT count(*) FROM trackers");
        if (stored > 0) {
            long longest = database.number("SELECT max(id) FROM trackers");
            return new Archive(database, (int) stored - 1, longest);
        }
        int trackers = Math.max(2 * REPORTS_OF_EACH, reports / REPORTS_OF_EACH);
        Archive archive = new Archive(database, trackers, trackers + 1L);
        setting.tell(String.format("  storing %,d reports of %,d trackers", reports, archive.trackers));
        archive.fill(setting, Math.min(LONGEST, reports / 2));
        return archive;
    }

    NewDatabase database() {
        return database;
    }

    /** All but the one with the longest history. */
    int trackers() {
        return trackers;
    }

    /** Those with a report each half hour are the first ones. */
    int busyTrackers() {
        return trackers / REPORTS_OF_EACH;
    }

    /** The tracker with ten years of reports. */
    long longest() {
        return longest;
    }

    /** How many these are. */
    long longHistory() throws SQLException {
        return database.number("SELECT count(*) FROM location_reports WHERE tracker_id = " + longest);
    }

    /** About how many reports there are, as the server estimates it. */
    long reports() throws SQLException {
        return database.number("SELECT reltuples::bigint FROM pg_class WHERE oid = 'location_reports'::regclass");
    }

    /** The end of the month: no report is newer. */
    Instant end() throws SQLException {
        return Instant.ofEpochSecond(
                        database.number("SELECT extract(epoch FROM date_trunc('hour', \"timestamp\", 'UTC'))"
                                + " FROM latest_positions WHERE tracker_id = 1"))
                .plus(Duration.ofHours(1));
    }

    private void fill(Setting setting, int longHistory) throws Exception {
        String end = "timestamptz '" + Clock.systemUTC().instant().truncatedTo(ChronoUnit.DAYS) + "'";
        // As fast as it goes: without triggers, and with the indexes at the end.
        database.execute("ALTER TABLE location_reports DISABLE TRIGGER USER");
        database.execute("DROP INDEX location_reports_once, location_reports_tracker_time, location_reports_location");
        database.execute("ALTER TABLE location_history_hourly DROP CONSTRAINT location_history_hourly_pkey");
        database.execute("ALTER TABLE location_history_daily DROP CONSTRAINT location_history_daily_pkey");
        database.execute("INSERT INTO trackers (id, name, kind, key_material, key_id, labels)"
                + " SELECT n, 'tracker ' || n, 'static', '', (SELECT key_id FROM master_keys LIMIT 1),"
                + " jsonb_build_object('part', (n % 100)::text) FROM generate_series(1, " + longest + ") n");
        database.execute(ArchiveStatements.longHistory(longest, longHistory, end));
        atOnce(writer -> {
            for (int day = writer; day < DAYS; day += WRITERS) {
                int first = day * HOURS_OF_A_DAY + 1;
                executeWithAllMemory(
                        ArchiveStatements.days(trackers, busyTrackers(), end, first, first + HOURS_OF_A_DAY - 1));
                setting.tell("  day " + (day + 1) + " of " + DAYS);
            }
        });
        setting.tell("  making the indexes");
        atOnce(part -> executeWithAllMemory(INDEXES.get(part)));
        database.execute(ArchiveStatements.LATEST);
        database.execute("ALTER TABLE location_reports ENABLE TRIGGER USER");
        database.execute("VACUUM ANALYZE");
    }

    private void executeWithAllMemory(String sql) throws SQLException {
        database.execute(ALL_MEMORY + sql + USUAL_MEMORY);
    }

    private interface Part {
        void run(int number) throws SQLException;
    }

    /** The server works on both parts at the same time. */
    private static void atOnce(Part part) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(WRITERS);
        try {
            List<Future<?>> parts = new ArrayList<>();
            for (int number = 0; number < WRITERS; number++) {
                int each = number;
                parts.add(executor.submit(() -> {
                    part.run(each);
                    return null;
                }));
            }
            for (Future<?> each : parts) {
                each.get();
            }
        } finally {
            executor.shutdown();
        }
    }

    /** Whether a process seems to judge reports, without which the table of latest positions is not read. */
    void judged() throws SQLException {
        database.execute("INSERT INTO feed_cursors (consumer, \"position\", owner, heard_at) VALUES ('"
                + Feed.JUDGE
                + "', 0, 'benchmark', now() + interval '1 day') ON CONFLICT (consumer) DO UPDATE SET owner = EXCLUDED.owner,"
                + " heard_at = EXCLUDED.heard_at");
    }

    @Override
    public void close() {
        database.close();
    }
}

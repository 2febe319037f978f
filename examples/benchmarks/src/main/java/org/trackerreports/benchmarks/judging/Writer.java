package org.trackerreports.benchmarks.judging;

import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.trackerreports.benchmarks.JudgingLoop;
import org.trackerreports.benchmarks.LocalServers;
import org.trackerreports.benchmarks.NewDatabase;
import org.trackerreports.benchmarks.Setting;
import org.trackerreports.store.feed.Feed;
import org.trackerreports.store.feed.FeedPlace;
import org.trackerreports.store.report.NewReport;
import org.trackerreports.store.report.Payload;
import org.trackerreports.store.report.Position;
import org.trackerreports.store.report.ReportContent;

/**
 * Stores reports of trackers that have a day of half-hourly reports already, on a server of its own, in transactions of the daemon's size.
 * Not thread-safe.
 */
final class Writer implements AutoCloseable {

    static final int BATCH = 500;

    /** How many reports of a tracker are stored at a time: what the service gives today, and what comes after some hours without a request. */
    static final List<Integer> SIZES = List.of(1, 10);

    private static final String KEY = "encode(decode(lpad(to_hex(n), 64, '0'), 'hex'), 'base64')";
    private static final int KEY_BYTES = 32;
    private static final int REPORTS_BEFORE = 48;
    private static final int PAYLOAD = 88;
    private static final Duration LOOK = Duration.ofMillis(250);

    private final LocalServers servers;
    private final NewDatabase database;
    private final int trackers;
    private final int reports;
    private final Random random = new Random(11);
    private Optional<JudgingLoop> judging = Optional.empty();

    /** So long ago that no round gets to the future, whose reports are wrong and hide those before them. */
    private Instant time = Clock.systemUTC().instant().minus(Duration.ofDays(1));

    private Writer(LocalServers servers, NewDatabase database, int trackers, int reports) {
        this.servers = servers;
        this.database = database;
        this.trackers = trackers;
        this.reports = reports;
    }

    /** Everything is judged. */
    static Writer withFeed(Setting setting, int trackers) throws Exception {
        Writer writer = start(setting, trackers);
        writer.judging = Optional.of(new JudgingLoop(writer.database.store()));
        return writer;
    }

    /** What is said to the feed is dropped, the index by which the judge finds new reports is not there, and nobody judges. */
    static Writer withoutFeed(Setting setting, int trackers) throws Exception {
        Writer writer = start(setting, trackers);
        writer.database.execute(
                "CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'");
        writer.database.execute("CREATE TRIGGER report_inbox_dropped BEFORE INSERT ON report_inbox"
                + " FOR EACH ROW EXECUTE FUNCTION nothing()");
        writer.database.execute("DROP TRIGGER report_inbox_filled ON report_inbox");
        writer.database.execute("DROP INDEX location_reports_batch");
        return writer;
    }

    private static Writer start(Setting setting, int trackers) throws Exception {
        LocalServers servers = LocalServers.start(setting);
        NewDatabase database = NewDatabase.at(servers.databaseUrl());
        Writer writer = new Writer(servers, database, trackers, setting.effort().measuredTurns());
        writer.fill();
        return writer;
    }

    private void fill() throws SQLException {
        database.execute("ALTER TABLE location_reports DISABLE TRIGGER USER");
        database.execute(
                "INSERT INTO trackers (id, name, kind, key_material, key_id) SELECT n, 'tracker ' || n, 'static', '',"
                        + " (SELECT key_id FROM master_keys LIMIT 1) FROM generate_series(1, " + trackers + ") n");
        database.execute("INSERT INTO tracker_keys SELECT 'key of tracker ' || n, n FROM generate_series(1, " + trackers
                + ") n");
        database.execute(
                "INSERT INTO location_reports (hashed_adv_key, \"timestamp\", location, confidence, horizontal_accuracy, nearest_city,"
                        + " tracker_id, status, payload, digest) SELECT " + KEY + ", timestamptz '" + time
                        + "' - i * interval '30 minutes', location_of(n % 60 + i * 0.001, n % 170 + i * 0.001), 2, 20, 'Berlin, DE', n, 32,"
                        + " decode(repeat(md5(n::text), 5) || md5(i::text), 'hex'), md5(n || ' ' || i)::uuid"
                        + " FROM generate_series(1, " + REPORTS_BEFORE + ") i, generate_series(1, " + trackers + ") n");
        database.execute(
                "INSERT INTO latest_positions SELECT DISTINCT ON (tracker_id) tracker_id, \"timestamp\", digest, hashed_adv_key, location,"
                        + " confidence, horizontal_accuracy, nearest_city, status, uncertain_flags, received_at FROM location_reports"
                        + " ORDER BY tracker_id, \"timestamp\" DESC");
        database.execute("ALTER TABLE location_reports ENABLE TRIGGER USER");
        database.execute("VACUUM ANALYZE");
    }

    /**
     * Stores reports, and waits until they are judged.
     *
     * @param ofEachTracker at a time, some minutes apart
     * @return processor time of this process and the server
     */
    double microsForEachReport(int ofEachTracker) throws Exception {
        int batches = Math.max(1, reports / BATCH);
        List<List<NewReport>> all = new ArrayList<>();
        for (int batch = 0; batch < batches; batch++) {
            all.add(batch(batch, ofEachTracker));
        }
        Duration before = processorTime();
        for (List<NewReport> batch : all) {
            if (database.store().reports().insert(batch, List.of()).newReports() != BATCH) {
                throw new IllegalStateException("not all reports were stored");
            }
        }
        if (judging.isPresent()) {
            awaitJudged();
        }
        return processorTime().minus(before).toNanos() / 1_000.0 / batches / BATCH;
    }

    private List<NewReport> batch(int number, int ofEachTracker) {
        List<NewReport> batch = new ArrayList<>();
        int first = number * (BATCH / ofEachTracker);
        for (int i = 0; i < BATCH; i++) {
            int tracker = (first + i / ofEachTracker) % trackers;
            if (i == 0 && tracker < BATCH || tracker == 0) {
                time = time.plusSeconds(60);
            }
            batch.add(report(1 + tracker, time.plusSeconds(5L * (i % ofEachTracker))));
        }
        return batch;
    }

    private NewReport report(long tracker, Instant at) {
        byte[] payload = new byte[PAYLOAD];
        random.nextBytes(payload);
        ReportContent content = new ReportContent(
                Optional.of(new Position(
                        tracker % 60 + random.nextInt(9) * 1e-4, tracker % 170 + random.nextInt(9) * 1e-4)),
                2,
                OptionalDouble.of(20),
                OptionalInt.of(32),
                Optional.of("Berlin, DE"),
                Set.of(),
                Optional.empty());
        return new NewReport(
                OptionalLong.of(tracker),
                Base64.getEncoder()
                        .encodeToString(ByteBuffer.allocate(KEY_BYTES)
                                .putLong(KEY_BYTES - Long.BYTES, tracker)
                                .array()),
                at,
                content,
                Optional.of(Payload.of(payload)),
                Clock.systemUTC().instant());
    }

    private void awaitJudged() {
        Feed feed = database.store().feed();
        // The writer has committed, so what it said is in the inbox or already in the feed.
        while (feed.lag(feed.cursor(Feed.JUDGE).map(cursor -> cursor.place()).orElse(FeedPlace.BEGINNING))
                        .events()
                > 0) {
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    private Duration processorTime() throws Exception {
        return Stream.concat(Stream.of(ProcessHandle.current()), servers.processes())
                .map(process -> process.info().totalCpuDuration())
                .flatMap(Optional::stream)
                .reduce(Duration.ZERO, Duration::plus);
    }

    @Override
    public void close() {
        judging.ifPresent(JudgingLoop::close);
        database.close();
        servers.close();
    }
}

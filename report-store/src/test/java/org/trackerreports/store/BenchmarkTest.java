package org.trackerreports.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trackerreports.store.StoreFixture.tracker;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.PGConnection;
import org.trackerreports.store.server.ServerKind;

/** Figures for the README. Absolute ones depend on the machine, so the ratios are taken in one run, turn by turn. */
@Tag("long")
@ExtendWith(ServerKind.StopAtTheEnd.class)
class BenchmarkTest {

    private static final ServerKind KIND = ServerKind.valueOf(System.getProperty("store.benchmark.server", "BOTH"));
    private static final int BATCH = 500;
    private static final int ROUNDS = 15;
    private static final int TRACKERS = 10_000;
    private static final int DAYS = 90;

    /** Whole hours, so that the last bucket is complete. */
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.HOURS);

    private final Random random = new Random(1);
    private List<String> keys;
    private List<Long> ids;

    @Test
    void insertsBatchesFasterThanRowByRowAndNearlyAsFastAsCopy() throws Exception {
        try (StoreFixture fixture = new StoreFixture(KIND)) {
            addTrackers(fixture, 1_000);
            List<Long> rowByRow = new ArrayList<>();
            List<Long> arrays = new ArrayList<>();
            List<Long> copy = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                rowByRow.add(time(() -> insertRowByRow(fixture, batch(1_000))));
                arrays.add(time(() -> {
                    for (int i = 0; i < 8; i++) {
                        fixture.store.reports().insert(batch(BATCH), List.of());
                    }
                }));
                List<NewReport> rows = batch(BATCH * 8);
                String text = copyText(rows);
                copy.add(time(() -> copyIn(fixture, text)));
            }
            double rowRate = 1_000e9 / median(rowByRow);
            double arrayRate = 8e9 * BATCH / median(arrays);
            double copyRate = 8e9 * BATCH / median(copy);
            System.out.printf(
                    "insert on %s: row by row %,.0f/s, batches of %d %,.0f/s, COPY %,.0f/s;"
                            + " batches are %.1f times row by row and %.2f of COPY%n",
                    KIND, rowRate, BATCH, arrayRate, copyRate, arrayRate / rowRate, arrayRate / copyRate);
        }
    }

    @Test
    void answersFastOverManyReports() throws Exception {
        try (StoreFixture fixture = new StoreFixture(KIND)) {
            addTrackers(fixture, TRACKERS);
            long total = 0;
            for (long size : sizes()) {
                fill(fixture, total, size);
                total = size;
                long whole = time(() -> StoreFixture.refreshAsOf(fixture, now));
                fixture.execute("ANALYZE");
                List<Long> latest = new ArrayList<>();
                List<Long> month = new ArrayList<>();
                for (int i = 0; i < 200; i++) {
                    long id = ids.get(random.nextInt(TRACKERS));
                    latest.add(time(() -> assertThat(fixture.store.history().latest(List.of(id)))
                            .hasSize(1)));
                    HistoryQuery query = HistoryQuery.of(id, now.minus(Duration.ofDays(30)), now);
                    month.add(time(() -> fixture.store.history().hours(query)));
                }
                List<Long> all = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    all.add(time(() -> fixture.store.history().latest()));
                }
                List<Long> refresh = new ArrayList<>();
                for (int i = 0; i < 5; i++) {
                    fixture.store.reports().insert(recentBatch(1_000), List.of());
                    refresh.add(time(() -> StoreFixture.refreshAsOf(fixture, now)));
                }
                System.out.printf(
                        "%,d reports on %s: latest of one %.2f ms, latest of all %d %.0f ms, 30 days of hours %.2f ms,"
                                + " refresh after 1,000 new reports of the last hours %.0f ms (first refresh %.0f s)%n",
                        total,
                        KIND,
                        median(latest) / 1e6,
                        TRACKERS,
                        median(all) / 1e6,
                        median(month) / 1e6,
                        median(refresh) / 1e6,
                        whole / 1e9);
            }
        }
    }

    private static List<Long> sizes() {
        return Arrays.stream(System.getProperty("store.benchmark.sizes", "1000000,10000000")
                        .split(","))
                .map(Long::valueOf)
                .toList();
    }

    private void addTrackers(StoreFixture fixture, int count) {
        keys = new ArrayList<>();
        List<NewTracker> trackers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            keys.add(StoreFixture.newKey());
            trackers.add(tracker("tracker " + i, keys.get(i)));
        }
        ids = fixture.store.trackers().add(trackers).stream()
                .map(outcome -> ((AddOutcome.Added) outcome).id())
                .toList();
    }

    /** Rows like the store's own, made on the server, spread evenly over trackers and time. */
    private void fill(StoreFixture fixture, long from, long to) {
        long step = 1_000_000;
        for (long start = from; start < to; start += step) {
            fixture.execute("INSERT INTO location_reports (hashed_adv_key, \"timestamp\", location, confidence,"
                    + " horizontal_accuracy, nearest_city, tracker_id, status, payload, digest)"
                    + " SELECT k.hashed_adv_key, timestamptz '" + now + "' - (n::numeric / " + to + " * " + DAYS
                    + ") * interval '1 day' - interval '10 minutes',"
                    + " location_of(random() * 140 - 70, random() * 360 - 180), 1 + (n % 3), 10, 'Berlin, DE', k.tracker_id, 32,"
                    + " decode(repeat(md5(n::text), 5) || md5(n::text || 'x')::text, 'hex'), md5(n::text)::uuid"
                    + " FROM generate_series(" + (start + 1) + "::bigint, " + Math.min(to, start + step) + ") n"
                    + " JOIN (SELECT *, row_number() OVER (ORDER BY tracker_id) - 1 AS place FROM tracker_keys) k"
                    + " ON k.place = (n * 7919) % " + TRACKERS);
        }
    }

    private List<NewReport> batch(int size) {
        List<NewReport> batch = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            batch.add(report(now.minusSeconds(random.nextInt(7 * 24 * 3600))));
        }
        return batch;
    }

    private List<NewReport> recentBatch(int size) {
        List<NewReport> batch = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            batch.add(report(now.minusSeconds(1 + random.nextInt(3 * 3600))));
        }
        return batch;
    }

    private NewReport report(Instant time) {
        int place = random.nextInt(keys.size());
        byte[] payload = new byte[88];
        random.nextBytes(payload);
        return new NewReport(
                OptionalLong.of(ids.get(place)),
                keys.get(place),
                time,
                Optional.of(new Position(random.nextDouble() * 140 - 70, random.nextDouble() * 360 - 180)),
                1 + random.nextInt(3),
                OptionalDouble.of(random.nextInt(100)),
                OptionalInt.of(32),
                payload,
                now,
                Optional.of("Berlin, DE"),
                Set.of(),
                Optional.empty());
    }

    private static void insertRowByRow(StoreFixture fixture, List<NewReport> reports) throws SQLException {
        try (Connection connection = fixture.dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement("INSERT INTO location_reports"
                        + " (hashed_adv_key, timestamp, location, confidence, horizontal_accuracy, nearest_city)"
                        + " VALUES (?, ?, ST_GeomFromText(?, 4326), ?, ?, ?)")) {
            connection.setAutoCommit(false);
            for (NewReport report : reports) {
                Position position = report.position().orElseThrow();
                statement.setString(1, report.hashedAdvKey());
                statement.setTimestamp(2, Timestamp.from(report.timestamp()));
                statement.setString(3, "POINT(" + position.longitude() + " " + position.latitude() + ")");
                statement.setInt(4, report.confidence());
                statement.setDouble(5, report.horizontalAccuracy().orElseThrow());
                statement.setString(6, report.nearestCity().orElseThrow());
                statement.executeUpdate();
            }
            connection.commit();
            connection.setAutoCommit(true);
        }
    }

    private static String copyText(List<NewReport> reports) {
        StringBuilder text = new StringBuilder();
        for (NewReport report : reports) {
            Position position = report.position().orElseThrow();
            String place = KIND.postgis()
                    ? "SRID=4326;POINT(" + position.longitude() + " " + position.latitude() + ")"
                    : "(" + position.longitude() + "," + position.latitude() + ")";
            text.append(String.join(
                    "\t",
                    report.hashedAdvKey(),
                    report.timestamp().toString(),
                    place,
                    Integer.toString(report.confidence()),
                    "5",
                    "Berlin, DE",
                    Long.toString(report.trackerId().orElseThrow()),
                    "32",
                    "\\\\x" + HexFormat.of().formatHex(report.payload()),
                    ReportDigest.of(report).toString()));
            text.append('\n');
        }
        return text.toString();
    }

    private static void copyIn(StoreFixture fixture, String text) throws SQLException, IOException {
        try (Connection connection = fixture.dataSource().getConnection()) {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(
                            "COPY location_reports (hashed_adv_key, timestamp, location, confidence, horizontal_accuracy,"
                                    + " nearest_city, tracker_id, status, payload, digest) FROM STDIN",
                            new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private interface Timed {
        void run() throws Exception;
    }

    private static long time(Timed work) throws Exception {
        long start = System.nanoTime();
        work.run();
        return System.nanoTime() - start;
    }

    private static long median(List<Long> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }
}

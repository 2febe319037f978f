package org.trackerreports.store.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trackerreports.store.server.StoreFixture.tracker;

import java.io.File;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.trackerreports.store.error.StoreException;
import org.trackerreports.store.server.ServerKind;
import org.trackerreports.store.server.StoreFixture;
import org.trackerreports.testsupport.JavaCommand;
import org.trackerreports.testsupport.TestProcess;

/** A history that does not fit into memory, read by a JVM with a tiny heap. */
@ExtendWith(ServerKind.StopAtTheEnd.class)
class StreamingTest {

    private static final int DAYS = 100;

    @Test
    void streamsWhatDoesNotFitIntoMemory() throws Exception {
        streams(ServerKind.PLAIN, 1_000);
    }

    @ParameterizedTest
    @EnumSource(names = {"PLAIN", "POSTGIS", "BOTH"})
    @Tag("long")
    void streamsThreeTimesAsMuchOnOtherServersToo(ServerKind kind) throws Exception {
        streams(kind, 3_000);
    }

    private static void streams(ServerKind kind, int trackers) throws Exception {
        try (StoreFixture fixture = new StoreFixture(kind)) {
            Instant end = fill(fixture, trackers);
            int rows = trackers * DAYS;

            assertThat(inTinyHeap(fixture, "reports", end)).isEqualTo("0 " + rows);
            assertThat(inTinyHeap(fixture, "hours", end)).isEqualTo("0 " + rows);
            assertThat(inTinyHeap(fixture, "days", end)).isEqualTo("0 " + rows);
            assertThat(inTinyHeap(fixture, "list of reports", end))
                    .as("without a stream this heap is too small, so the others prove something")
                    .startsWith("3 ");
            endsWithTheServersCursor(fixture, end);
        }
    }

    /** Were the rows in this process already, the end of the server's session could not stop them. */
    private static void endsWithTheServersCursor(StoreFixture fixture, Instant end) {
        AtomicLong seen = new AtomicLong();
        HistoryQuery all = HistoryQuery.of(List.of(), end.minus(Duration.ofDays(DAYS)), end);
        assertThatThrownBy(() -> fixture.store.history().forEachReport(all, report -> {
                    if (seen.incrementAndGet() == 1) {
                        fixture.query(
                                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                                        + " AND datname = current_database() AND query LIKE '%FROM location_reports r WHERE%'");
                    }
                }))
                .isInstanceOfSatisfying(
                        StoreException.class,
                        e -> assertThat(e.worthRepeating()).isTrue());
        assertThat(seen).hasValueBetween(1, 5_000);
    }

    /** One report of each tracker on each day, so that there are as many hours and days as reports. */
    private static Instant fill(StoreFixture fixture, int trackers) {
        fixture.store
                .trackers()
                .add(IntStream.range(0, trackers)
                        .mapToObj(i -> tracker("tracker " + i, StoreFixture.newKey()))
                        .toList());
        Instant end = Instant.now().truncatedTo(ChronoUnit.DAYS);
        fixture.execute("INSERT INTO location_reports (hashed_adv_key, \"timestamp\", location, confidence,"
                + " horizontal_accuracy, nearest_city, tracker_id, status, payload, digest)"
                + " SELECT k.hashed_adv_key, timestamptz '" + end + "' - day * interval '1 day' + interval '10 hours',"
                + " location_of(day % 80, k.tracker_id % 170), 2, 10, 'Berlin, DE', k.tracker_id, 32,"
                + " decode(repeat(md5(day::text), 5), 'hex'), md5(day::text)::uuid"
                + " FROM generate_series(1, " + DAYS + ") day CROSS JOIN tracker_keys k");
        fixture.execute("ANALYZE");
        StoreFixture.refreshAsOf(fixture, end);
        return end;
    }

    /** The exit code and the output of {@link TinyHeapReader}; an exhausted heap ends it with code 3. */
    private static String inTinyHeap(StoreFixture fixture, String what, Instant end) throws Exception {
        List<String> command = JavaCommand.ofClass(
                List.of("-Xmx32m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError"), TinyHeapReader.class, what);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(new File("target/tiny-heap.log"));
        try (Connection connection = fixture.dataSource().getConnection()) {
            builder.environment().put("URL", connection.getMetaData().getURL());
        }
        builder.environment().put("KEY", StoreFixture.KEY.toBase64());
        builder.environment().put("FROM", end.minus(Duration.ofDays(DAYS)).toString());
        builder.environment().put("TO", end.toString());
        try (TestProcess process = TestProcess.start(builder)) {
            String output = process.readOutput().strip();
            return process.exitCode(Duration.ofSeconds(10)) + " " + output;
        }
    }
}

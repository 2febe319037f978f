package org.trackerreports.store.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trackerreports.store.server.StoreFixture.NOW;
import static org.trackerreports.store.server.StoreFixture.newKey;
import static org.trackerreports.store.server.StoreFixture.report;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.PGConnection;
import org.trackerreports.store.internal.report.ReportBatch;
import org.trackerreports.store.report.NewReport;
import org.trackerreports.store.server.ServerKind;
import org.trackerreports.store.server.StoreFixture;

/**
 * Writers begin, write, commit, abort and die in random orders, while positions are given and a consumer reads, forgets and goes on. It
 * must see each committed report once, no other report, and whatever committed before another transaction began before that one.
 */
@ExtendWith(ServerKind.StopAtTheEnd.class)
class FeedSchedulesTest {

    private static final int STEPS = 14;
    private static final int WRITERS = 3;
    private static final String CONSUMER = "schedules";
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static StoreFixture fixture;
    private static String key;
    private static int second;

    @BeforeAll
    static void open() {
        fixture = new StoreFixture(ServerKind.PLAIN);
        key = newKey();
        fixture.addTracker("schedules", key);
    }

    @AfterAll
    static void close() {
        fixture.close();
    }

    /** A transaction, what it wrote, and which transactions had committed before it began. */
    private static final class Writer {
        private final Connection connection;
        private final Set<Integer> committedBefore;
        private final List<Instant> wrote = new ArrayList<>();

        Writer(Connection connection, Set<Integer> committedBefore) {
            this.connection = connection;
            this.committedBefore = committedBefore;
        }
    }

    private record Committed(List<Instant> wrote, Set<Integer> before) {}

    @Test
    void nothingIsSkippedRepeatedOrOutOfOrder() throws SQLException {
        run(200);
    }

    @Test
    @Tag("long")
    void nothingIsSkippedInAThousandSchedules() throws SQLException {
        run(1_000);
    }

    private void run(int schedules) throws SQLException {
        long seed = new Random().nextLong();
        System.out.println("FeedSchedulesTest: seed " + seed);
        Random random = new Random(seed);
        for (int number = 0; number < schedules; number++) {
            run(random, "schedule " + number + " of seed " + seed);
        }
    }

    private void run(Random random, String name) throws SQLException {
        Feed feed = fixture.store.feed();
        feed.number();
        feed.reset(CONSUMER, feed.end());
        Map<Integer, Writer> open = new HashMap<>();
        List<Committed> committed = new ArrayList<>();
        List<Instant> seen = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            int writer = random.nextInt(WRITERS);
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> write(open, committed, writer, random);
                case 3, 4 -> commit(open, committed, writer);
                case 5 -> end(open, writer, random.nextBoolean());
                case 6 -> feed.number();
                default -> consume(seen, random);
            }
        }
        for (int writer = 0; writer < WRITERS; writer++) {
            commit(open, committed, writer);
        }
        feed.number();
        while (consume(seen, random) || !feed.lag(place()).equals(new FeedLag(0, Duration.ZERO))) {
            // Reads to the end.
        }
        check(name, committed, seen);
    }

    private static FeedPlace place() {
        return fixture.store.feed().cursor(CONSUMER).orElseThrow().place();
    }

    private static void write(Map<Integer, Writer> open, List<Committed> committed, int number, Random random)
            throws SQLException {
        Writer writer = open.get(number);
        if (writer == null) {
            Connection connection = fixture.dataSource().getConnection();
            connection.setAutoCommit(false);
            Set<Integer> before = new HashSet<>();
            for (int i = 0; i < committed.size(); i++) {
                before.add(i);
            }
            writer = new Writer(connection, before);
            open.put(number, writer);
        }
        List<NewReport> reports = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            Instant time = NOW.minusSeconds(second++);
            reports.add(report(key, time, 52, 13));
            writer.wrote.add(time);
        }
        new ReportBatch(writer.connection, NOW).store(reports, List.of());
    }

    private static void commit(Map<Integer, Writer> open, List<Committed> committed, int number) throws SQLException {
        Writer writer = open.remove(number);
        if (writer != null) {
            writer.connection.commit();
            writer.connection.setAutoCommit(true);
            writer.connection.close();
            committed.add(new Committed(writer.wrote, writer.committedBefore));
        }
    }

    private static void end(Map<Integer, Writer> open, int number, boolean kill) throws SQLException {
        Writer writer = open.remove(number);
        if (writer == null) {
            return;
        }
        if (kill) {
            int process = writer.connection.unwrap(PGConnection.class).getBackendPID();
            fixture.execute("SELECT pg_terminate_backend(" + process + ", 10000)");
            assertThatThrownBy(writer.connection::close).isInstanceOf(SQLException.class);
        } else {
            writer.connection.rollback();
            writer.connection.setAutoCommit(true);
            writer.connection.close();
        }
    }

    /** Reads a few items. Now and then the consumer dies before it moves its cursor, and another one reads the same again. */
    private static boolean consume(List<Instant> seen, Random random) {
        Feed feed = fixture.store.feed();
        String owner = "instance " + random.nextInt(2);
        FeedPlace place =
                feed.claim(CONSUMER, owner, MINUTE, FeedPlace.BEGINNING).orElseThrow();
        FeedReading.Items items = (FeedReading.Items) feed.readUnjudged(place, 1 + random.nextInt(4));
        boolean dies = random.nextInt(4) == 0;
        if (!dies && feed.advance(CONSUMER, owner, place, items.next())) {
            items.items()
                    .forEach(
                            item -> seen.add(((FeedItem.OfReport) item).report().timestamp()));
        }
        feed.release(CONSUMER, owner);
        return dies || !items.items().isEmpty();
    }

    private static void check(String name, List<Committed> committed, List<Instant> seen) {
        assertThat(seen)
                .as(name)
                .containsExactlyInAnyOrderElementsOf(committed.stream()
                        .flatMap(each -> each.wrote().stream())
                        .toList());
        for (Committed later : committed) {
            int first = later.wrote().stream().mapToInt(seen::indexOf).min().orElseThrow();
            for (int before : later.before()) {
                int last = committed.get(before).wrote().stream()
                        .mapToInt(seen::indexOf)
                        .max()
                        .orElseThrow();
                assertThat(last).as(name).isLessThan(first);
            }
        }
    }
}

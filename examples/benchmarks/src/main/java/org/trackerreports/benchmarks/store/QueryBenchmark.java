package org.trackerreports.benchmarks.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.trackerreports.store.history.HistoryBucket;
import org.trackerreports.store.history.HistoryQuery;
import org.trackerreports.store.history.LatestPosition;

/** Reads latest positions and a month of hours: through the store, and with plain statements on the table of reports. */
@State(Scope.Benchmark)
public class QueryBenchmark extends StoreBenchmark {

    private static final Duration MONTH = Duration.ofDays(30);

    private final Random random = new Random(2);
    private final Instant now = Clock.systemUTC().instant();

    private long anyTracker() {
        return world.trackerIds().get(random.nextInt(StoredWorld.TRACKERS));
    }

    /** Where one tracker is. */
    @Benchmark
    public List<LatestPosition> latestOfOne() {
        return world.store().history().latest(List.of(anyTracker()));
    }

    /** Where all trackers are. */
    @Benchmark
    public List<LatestPosition> latestOfAll() {
        return notEmpty(world.store().history().latest());
    }

    /** The same from the reports. */
    @Benchmark
    public int latestOfAllByStatement() throws SQLException {
        return count("SELECT DISTINCT ON (tracker_id) tracker_id, \"timestamp\", location, confidence,"
                + " horizontal_accuracy, nearest_city FROM location_reports WHERE confidence >= 2"
                + " ORDER BY tracker_id, \"timestamp\" DESC");
    }

    /** A month of hours of one tracker. */
    @Benchmark
    public List<HistoryBucket> month() {
        return notEmpty(world.store().history().hours(HistoryQuery.of(anyTracker(), now.minus(MONTH), now)));
    }

    /** The same from the reports. */
    @Benchmark
    public int monthByStatement() throws SQLException {
        return count(
                "SELECT DISTINCT ON (date_trunc('hour', \"timestamp\")) date_trunc('hour', \"timestamp\"),"
                        + " count(*) OVER (PARTITION BY date_trunc('hour', \"timestamp\")), \"timestamp\", location,"
                        + " confidence, horizontal_accuracy, nearest_city FROM location_reports WHERE tracker_id = ?"
                        + " AND \"timestamp\" BETWEEN ? AND ? AND confidence >= 2"
                        + " ORDER BY date_trunc('hour', \"timestamp\"), \"timestamp\" DESC",
                anyTracker(),
                Timestamp.from(now.minus(MONTH)),
                Timestamp.from(now));
    }

    private static <T> List<T> notEmpty(List<T> found) {
        if (found.isEmpty()) {
            throw new IllegalStateException("nothing was found");
        }
        return found;
    }

    private int count(String sql, Object... parameters) throws SQLException {
        try (Connection connection = world.dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int at = 0; at < parameters.length; at++) {
                statement.setObject(at + 1, parameters[at]);
            }
            int rows = 0;
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    row.getTimestamp("timestamp");
                    rows++;
                }
            }
            if (rows == 0) {
                throw new IllegalStateException("nothing was found");
            }
            return rows;
        }
    }
}

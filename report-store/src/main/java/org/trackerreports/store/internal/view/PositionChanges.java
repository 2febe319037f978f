package org.trackerreports.store.internal.view;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.trackerreports.store.feed.Feed;
import org.trackerreports.store.internal.feed.JdbcFeed;
import org.trackerreports.store.internal.inbox.Change;
import org.trackerreports.store.internal.inbox.FeedFloor;
import org.trackerreports.store.internal.inbox.MovementDue;
import org.trackerreports.store.internal.sql.Sql;
import org.trackerreports.store.internal.sql.Sql.ArrayOf;
import org.trackerreports.store.view.PositionTaker;
import org.trackerreports.store.view.PositionsRead;

/**
 * Reads the table of latest positions as a whole, or what changed in it, in the snapshot of the caller.
 *
 * <p>Whoever changes the table says so in the feed. The process that judges does both in one transaction with its cursor, so what is up to the cursor
 * was changed, and what follows was not. Only a tracker that is removed loses its position at once, while its entry still waits.
 */
record PositionChanges(Connection connection) {

    private static final int ROWS = 10_000;
    private static final String COLUMNS = "extract(epoch FROM l.\"timestamp\") * 1000000 AS time,"
            + " location_latitude(l.location) AS latitude, location_longitude(l.location) AS longitude";

    Optional<PositionsRead> all(int least, PositionTaker taker) throws SQLException {
        if (!areAnnounced() || !areAtLeast(least)) {
            return Optional.empty();
        }
        Sql.on(connection, "SELECT l.tracker_id, " + COLUMNS + " FROM latest_positions l ORDER BY l.tracker_id")
                .fetchSize(ROWS)
                .forEach(row -> give(row, taker));
        return Optional.of(new PositionsRead(judged()));
    }

    /** Counting a million rows only to know whether they are many takes longer than anything else here. */
    private boolean areAtLeast(int least) throws SQLException {
        return Sql.on(connection, "SELECT count(*) >= ? FROM (SELECT 1 FROM latest_positions LIMIT ?) l", least, least)
                .one(row -> row.getBoolean(1));
    }

    Optional<PositionsRead> since(PositionsRead read, PositionTaker taker) throws SQLException {
        long end = judged();
        // A cursor that was set back begins again.
        if (!areAnnounced() || read.position() < FeedFloor.read(connection) || read.position() > end) {
            return Optional.empty();
        }
        Set<Long> changed = new HashSet<>(listed(read.position(), end));
        changed.addAll(stored(read.position(), end));
        changed.addAll(ahead(end));
        give(changed, taker);
        return Optional.of(new PositionsRead(end));
    }

    /** Without a process that judges, all that changes waits, and every reading would read all of it. */
    private boolean areAnnounced() throws SQLException {
        return JdbcFeed.isJudged(connection) && !MovementDue.anyStoredBefore(connection);
    }

    private long judged() throws SQLException {
        return Sql.on(connection, "SELECT \"position\" FROM feed_cursors WHERE consumer = ?", Feed.JUDGE)
                .first(row -> row.getLong(1))
                .orElse(0L);
    }

    private List<Long> listed(long after, long end) throws SQLException {
        return Sql.on(
                        connection,
                        "SELECT DISTINCT unnest(trackers) FROM report_feed WHERE \"position\" > ? AND \"position\" <= ?"
                                + " AND change IN (?, ?)",
                        after,
                        end,
                        Change.REVISED.number(),
                        Change.TRACKERS.number())
                .list(row -> row.getLong(1));
    }

    private record Batches(List<Long> numbers, Optional<Instant> earliest, Optional<Instant> latest) {}

    private List<Long> stored(long after, long end) throws SQLException {
        Batches batches = Sql.on(
                        connection,
                        "SELECT coalesce(array_agg(batch), '{}') AS batches, min(earliest) AS earliest, max(latest) AS latest"
                                + " FROM report_feed WHERE \"position\" > ? AND \"position\" <= ? AND change = ?",
                        after,
                        end,
                        Change.STORED.number())
                .one(row -> new Batches(
                        List.of((Long[]) row.getArray("batches").getArray()),
                        Sql.optionalInstant(row, "earliest"),
                        Sql.optionalInstant(row, "latest")));
        if (batches.earliest().isEmpty() || batches.latest().isEmpty()) {
            return List.of();
        }
        // With the times as parameters, TimescaleDB looks into their chunks only.
        return Sql.on(
                        connection,
                        "SELECT DISTINCT tracker_id FROM location_reports WHERE batch = ANY (?)"
                                + " AND \"timestamp\" BETWEEN ? AND ? AND tracker_id IS NOT NULL",
                        ArrayOf.bigints(batches.numbers()),
                        batches.earliest().get(),
                        batches.latest().get())
                .list(row -> row.getLong(1));
    }

    /** Trackers that were removed or changed, but not in what is judged yet. */
    private List<Long> ahead(long end) throws SQLException {
        return Sql.on(
                        connection,
                        "SELECT unnest(trackers) FROM report_feed WHERE \"position\" > ? AND change = ?"
                                + " UNION SELECT unnest(trackers) FROM report_inbox WHERE change = ?",
                        end,
                        Change.TRACKERS.number(),
                        Change.TRACKERS.number())
                .list(row -> row.getLong(1));
    }

    private void give(Collection<Long> trackers, PositionTaker taker) throws SQLException {
        if (!trackers.isEmpty()) {
            Sql.on(
                            connection,
                            "SELECT c.tracker_id, " + COLUMNS + " FROM unnest(?::bigint[]) AS c (tracker_id)"
                                    + " LEFT JOIN latest_positions l ON l.tracker_id = c.tracker_id",
                            ArrayOf.bigints(trackers))
                    .forEach(row -> give(row, taker));
        }
    }

    private static void give(ResultSet row, PositionTaker taker) throws SQLException {
        long id = row.getLong("tracker_id");
        long micros = row.getLong("time");
        if (row.wasNull()) {
            taker.hasNone(id);
        } else {
            taker.isAt(
                    id,
                    row.getDouble("latitude"),
                    row.getDouble("longitude"),
                    Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
        }
    }
}

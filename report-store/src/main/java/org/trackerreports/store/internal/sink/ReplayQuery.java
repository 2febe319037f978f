package org.trackerreports.store.internal.sink;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.trackerreports.store.feed.Feed;
import org.trackerreports.store.feed.FeedItem;
import org.trackerreports.store.feed.FeedPlace;
import org.trackerreports.store.internal.report.ReportRows;
import org.trackerreports.store.internal.sql.Sql;
import org.trackerreports.store.sink.SinkReplay;

/**
 * Reads reports by event time. The index of times knows only which blocks they may be in, so it reads one window after another instead of sorting
 * everything for each page. One use.
 */
final class ReplayQuery {

    private static final Duration WINDOW = Duration.ofHours(1);
    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private static final String UNJUDGED = "(SELECT batch FROM report_inbox WHERE change = 1 UNION ALL"
            + " SELECT batch FROM report_feed WHERE change = 1 AND \"position\" >"
            + " coalesce((SELECT \"position\" FROM feed_cursors WHERE consumer = '" + Feed.JUDGE + "'), 0))";

    private static final String CONDITION =
            " r.tracker_id IS NOT NULL AND r.location IS NOT NULL AND r.received_at >= ?"
                    + " AND (r.batch IS NULL OR r.batch NOT IN " + UNJUDGED + ")";

    private final Connection connection;
    private final SinkReplay replay;

    ReplayQuery(Connection connection, SinkReplay replay) {
        this.connection = connection;
        this.replay = replay;
    }

    long count() throws SQLException {
        return Sql.on(
                        connection,
                        "SELECT count(*) FROM location_reports r WHERE r.\"timestamp\" >= ? AND" + CONDITION,
                        replay.from(),
                        replay.receivedFrom())
                .one(row -> row.getLong(1));
    }

    List<FeedItem.OfReport> next(int limit) throws SQLException {
        List<FeedItem.OfReport> items = new ArrayList<>();
        Instant from = replay.doneTime().orElse(replay.from());
        UUID after = replay.doneDigest().orElse(BEFORE_ALL);
        while (true) {
            Instant end = from.plus(WINDOW);
            int before = items.size();
            read(from, after, end, limit - before, items);
            if (items.size() >= limit) {
                return items;
            }
            Optional<Instant> next = items.size() > before ? Optional.of(end) : first(end);
            if (next.isEmpty()) {
                return items;
            }
            from = next.get();
            after = BEFORE_ALL;
        }
    }

    /** The first time at or after another one. */
    private Optional<Instant> first(Instant from) throws SQLException {
        return Sql.on(
                        connection,
                        "SELECT min(r.\"timestamp\") AS first FROM location_reports r WHERE r.\"timestamp\" >= ?",
                        from)
                .one(row -> Sql.optionalInstant(row, "first"));
    }

    private void read(Instant start, UUID after, Instant end, int limit, List<FeedItem.OfReport> items)
            throws SQLException {
        Sql.on(
                        connection,
                        "SELECT " + ReportRows.COLUMNS + ", coalesce(abs(r.batch), 0) AS batch FROM location_reports r"
                                + " WHERE r.\"timestamp\" >= ? AND r.\"timestamp\" < ? AND (r.\"timestamp\" > ? OR r.digest > ?)"
                                + " AND" + CONDITION + " ORDER BY r.\"timestamp\", r.digest LIMIT ?",
                        start,
                        end,
                        start,
                        after,
                        replay.receivedFrom(),
                        limit)
                .forEach(row -> items.add(
                        new FeedItem.OfReport(FeedPlace.BEGINNING, row.getLong("batch"), false, ReportRows.read(row))));
    }
}

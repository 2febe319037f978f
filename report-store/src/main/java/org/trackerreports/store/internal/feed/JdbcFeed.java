package org.trackerreports.store.internal.feed;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.trackerreports.store.feed.Feed;
import org.trackerreports.store.feed.FeedCursor;
import org.trackerreports.store.feed.FeedLag;
import org.trackerreports.store.feed.FeedListener;
import org.trackerreports.store.feed.FeedPlace;
import org.trackerreports.store.feed.FeedReading;
import org.trackerreports.store.internal.inbox.FeedCursors;
import org.trackerreports.store.internal.inbox.FeedFloor;
import org.trackerreports.store.internal.inbox.Numbering;
import org.trackerreports.store.internal.sql.Database;
import org.trackerreports.store.internal.sql.Sql;

/** The feed in PostgreSQL. */
public record JdbcFeed(Database database) implements Feed {

    private static final String CURSORS =
            "SELECT consumer, \"position\", item, CASE WHEN owned_until >= now() THEN owner END AS owner, heard_at FROM feed_cursors";

    private static final int END_OF_ENTRY = 999_999_999;

    @Override
    public int number() {
        return database.transaction(
                "order the feed", connection -> Numbering.tryLock(connection) ? Numbering.number(connection) : 0);
    }

    @Override
    public FeedReading read(FeedPlace after, int limit) {
        return read(after, limit, """
            coalesce((SELECT "position" FROM feed_cursors WHERE consumer = '%s'), 0)""".formatted(JUDGE));
    }

    @Override
    public FeedReading readUnjudged(FeedPlace after, int limit) {
        return read(after, limit, "coalesce((SELECT max(\"position\") FROM report_feed), 0)");
    }

    private FeedReading read(FeedPlace after, int limit, String last) {
        if (limit < 1) {
            throw new IllegalArgumentException("the limit is " + limit + "; it must be 1 or more");
        }
        // One snapshot, so that the entries, their reports and the floor fit together.
        return database.snapshot("read the feed", connection -> {
            long floor = FeedFloor.read(connection);
            if (after.position() < floor) {
                return new FeedReading.TooFarBehind(endOf(floor));
            }
            long end = Sql.on(connection, "SELECT " + last).one(row -> row.getLong(1));
            return new FeedItems(connection, after, limit, end).read();
        });
    }

    @Override
    public FeedPlace end() {
        return database.session(
                "look at the end of the feed",
                connection -> Sql.on(
                                connection,
                                "SELECT greatest(coalesce((SELECT max(\"position\") FROM report_feed), 0),"
                                        + " coalesce((SELECT value::bigint FROM store_settings WHERE name = ?), 0))",
                                FeedFloor.SETTING)
                        .one(row -> endOf(row.getLong(1))));
    }

    private static FeedPlace endOf(long position) {
        return position == 0 ? FeedPlace.BEGINNING : new FeedPlace(position, END_OF_ENTRY);
    }

    @Override
    public Optional<FeedPlace> claim(String consumer, String owner, Duration time, FeedPlace start) {
        return database.session(
                "claim a cursor of the feed",
                connection -> Sql.on(
                                connection,
                                """
                                INSERT INTO feed_cursors AS c (consumer, "position", item, owner, owned_until)
                                VALUES (?, ?, ?, ?, now() + make_interval(secs => ?))
                                ON CONFLICT (consumer) DO UPDATE
                                   SET owner = EXCLUDED.owner, owned_until = EXCLUDED.owned_until, heard_at = now()
                                 WHERE c.owner = EXCLUDED.owner OR c.owner IS NULL OR c.owned_until < now()
                                RETURNING "position", item""",
                                consumer,
                                start.position(),
                                start.item(),
                                owner,
                                time.toMillis() / 1_000.0)
                        .first(row -> new FeedPlace(row.getLong(1), row.getInt(2))));
    }

    @Override
    public boolean advance(String consumer, String owner, FeedPlace from, FeedPlace to) {
        if (to.compareTo(from) < 0) {
            throw new IllegalArgumentException("a cursor moves forward: from " + from + " to " + to);
        }
        return database.session(
                "move a cursor of the feed",
                connection -> Sql.on(
                                        connection,
                                        "UPDATE feed_cursors SET \"position\" = ?, item = ?, heard_at = now()"
                                                + " WHERE consumer = ? AND owner = ? AND \"position\" = ? AND item = ?",
                                        to.position(),
                                        to.item(),
                                        consumer,
                                        owner,
                                        from.position(),
                                        from.item())
                                .update()
                        == 1);
    }

    @Override
    public void release(String consumer, String owner) {
        update(
                "release a cursor of the feed",
                "UPDATE feed_cursors SET owner = NULL, owned_until = NULL WHERE consumer = ? AND owner = ?",
                consumer,
                owner);
    }

    @Override
    public void reset(String consumer, FeedPlace place) {
        update(
                "set a cursor of the feed",
                "INSERT INTO feed_cursors (consumer, \"position\", item) VALUES (?, ?, ?)"
                        + " ON CONFLICT (consumer) DO UPDATE SET \"position\" = EXCLUDED.\"position\", item = EXCLUDED.item",
                consumer,
                place.position(),
                place.item());
    }

    @Override
    public void forget(String consumer) {
        update("remove a cursor of the feed", "DELETE FROM feed_cursors WHERE consumer = ?", consumer);
    }

    private void update(String purpose, String sql, Object... parameters) {
        database.session(
                purpose, connection -> Sql.on(connection, sql, parameters).update());
    }

    @Override
    public Optional<FeedCursor> cursor(String consumer) {
        return database.session(
                "read a cursor of the feed",
                connection -> Sql.on(connection, CURSORS + " WHERE consumer = ?", consumer)
                        .first(JdbcFeed::cursor));
    }

    @Override
    public List<FeedCursor> cursors() {
        return database.session(
                "read the cursors of the feed",
                connection -> Sql.on(connection, CURSORS + " ORDER BY consumer").list(JdbcFeed::cursor));
    }

    private static FeedCursor cursor(ResultSet row) throws SQLException {
        return new FeedCursor(
                row.getString("consumer"),
                new FeedPlace(row.getLong("position"), row.getInt("item")),
                Optional.ofNullable(row.getString("owner")),
                Sql.instant(row, "heard_at"));
    }

    @Override
    public FeedLag lag(FeedPlace place) {
        return database.session(
                "look how far the feed was read",
                connection -> Sql.on(connection, """
                                SELECT coalesce(sum(events), 0) AS events,
                                       coalesce(extract(epoch FROM now() - min(created_at)), 0)::float8 AS seconds
                                  FROM (SELECT items - CASE WHEN "position" = ? THEN ? ELSE 0 END AS events, created_at
                                          FROM report_feed WHERE "position" >= ?
                                        UNION ALL SELECT items, created_at FROM report_inbox) waiting
                                 WHERE events > 0""", place.position(), place.item(), place.position())
                        .one(row -> new FeedLag(row.getLong("events"), Duration.ofMillis((long)
                                Math.max(0, row.getDouble("seconds") * 1_000)))));
    }

    @Override
    public boolean isJudged() {
        return database.session("look whether reports are judged", JdbcFeed::isJudged);
    }

    /** Whether a process judged reports, or looked for some, within the last three minutes, and has not said that it ends. */
    public static boolean isJudged(Connection connection) throws SQLException {
        return Sql.on(
                        connection,
                        "SELECT EXISTS (SELECT 1 FROM feed_cursors WHERE consumer = ? AND owner IS NOT NULL AND heard_at > now() - "
                                + FeedCursors.JUDGED_WITHIN + ")",
                        JUDGE)
                .one(row -> row.getBoolean(1));
    }

    @Override
    public long purge(Duration atLeast, Duration atMost) {
        return database.transaction("remove old entries of the feed", connection -> {
            if (!Numbering.tryLock(connection)) {
                return 0L;
            }
            Optional<Long> last = Sql.on(connection, """
                            SELECT max("position") AS last FROM report_feed
                             WHERE noticed_at < now() - make_interval(secs => ?)
                                OR noticed_at < now() - make_interval(secs => ?)
                                   AND "position" < coalesce((SELECT min("position") FROM feed_cursors), 0)""", atMost.toSeconds(), atLeast.toSeconds())
                    .one(row -> Optional.ofNullable(row.getObject("last", Long.class)));
            if (last.isEmpty()) {
                return 0L;
            }
            FeedFloor.raise(connection, last.get());
            return (long) Sql.on(connection, "DELETE FROM report_feed WHERE \"position\" <= ?", last.get())
                    .update();
        });
    }

    @Override
    public FeedListener listen() {
        return JdbcFeedListener.on(database, "trackerreports_feed");
    }

    @Override
    public FeedListener listenJudged() {
        return JdbcFeedListener.on(database, "trackerreports_judged");
    }
}

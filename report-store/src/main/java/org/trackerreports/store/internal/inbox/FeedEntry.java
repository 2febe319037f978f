package org.trackerreports.store.internal.inbox;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.trackerreports.store.internal.sql.Sql;

/**
 * A row of the feed: what one transaction did.
 *
 * @param items number of items
 * @param earliest the earliest time of the stored reports; present for {@link Change#STORED} only
 * @param latest the latest time of them
 * @param trackers one for each item of all other changes
 * @param times of the reports, for {@link Change#REVISED}
 * @param ids digests of reports, or ids of transitions or events
 * @param revisions of the transitions
 * @param judged whether it follows from a judgement, so that it needs none
 */
public record FeedEntry(
        long position,
        long batch,
        Change change,
        int items,
        Optional<Instant> earliest,
        Optional<Instant> latest,
        List<Long> trackers,
        List<Instant> times,
        List<UUID> ids,
        List<Integer> revisions,
        boolean judged) {

    /** The entry at a position; empty if there is none any more. */
    public static List<FeedEntry> at(Connection connection, long position) throws SQLException {
        return Sql.on(connection, "SELECT * FROM report_feed WHERE \"position\" = ?", position)
                .list(FeedEntry::read);
    }

    /**
     * The entries after a position, at least one if there is one.
     *
     * @param last no entry after this position
     * @param items read no further entry once these have so many items
     */
    public static List<FeedEntry> after(Connection connection, long position, long last, long items)
            throws SQLException {
        // Entries are small, so reading a few too many costs less than a sum over all that wait.
        return Sql.on(
                        connection,
                        "SELECT * FROM (SELECT *, sum(items) OVER (ORDER BY \"position\") - items AS before FROM ("
                                + "SELECT * FROM report_feed WHERE \"position\" > ? AND \"position\" <= ?"
                                + " ORDER BY \"position\" LIMIT least(?, 1000)) next) counted"
                                + " WHERE before < ? ORDER BY \"position\"",
                        position,
                        last,
                        items,
                        items)
                .list(FeedEntry::read);
    }

    private static FeedEntry read(ResultSet row) throws SQLException {
        return new FeedEntry(
                row.getLong("position"),
                row.getLong("batch"),
                Change.of(row.getInt("change")),
                row.getInt("items"),
                Sql.optionalInstant(row, "earliest"),
                Sql.optionalInstant(row, "latest"),
                list(row, "trackers", Long[].class),
                Arrays.stream(array(row, "times", Timestamp[].class))
                        .map(Timestamp::toInstant)
                        .toList(),
                list(row, "ids", UUID[].class),
                list(row, "revisions", Integer[].class),
                row.getBoolean("judged"));
    }

    private static <T> List<T> list(ResultSet row, String column, Class<T[]> type) throws SQLException {
        return List.of(array(row, column, type));
    }

    private static <T> T[] array(ResultSet row, String column, Class<T[]> type) throws SQLException {
        Array array = row.getArray(column);
        return array == null
                ? type.cast(java.lang.reflect.Array.newInstance(type.getComponentType(), 0))
                : type.cast(array.getArray());
    }
}

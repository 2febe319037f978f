package org.trackerreports.store.internal.tracker;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.trackerreports.store.internal.sql.CompressedChunks;
import org.trackerreports.store.internal.sql.Sql;
import org.trackerreports.store.internal.sql.Sql.ArrayOf;

/** Which tracker owns a hashed key, and the reports whose key has no owner yet. */
public final class KeyIndex {

    private static final String ANY_TO_ATTACH =
            "SELECT EXISTS (SELECT FROM unclaimed_keys JOIN tracker_keys USING (hashed_adv_key))";

    /** Announces the reports like reports that changed, at most 1,000 in an entry. */
    private static final String ATTACH = """
            WITH claimed AS (
                DELETE FROM unclaimed_keys u USING tracker_keys k
                 WHERE k.hashed_adv_key = u.hashed_adv_key RETURNING k.hashed_adv_key, k.tracker_id),
            attached AS (
                UPDATE location_reports r SET tracker_id = c.tracker_id FROM claimed c
                 WHERE r.hashed_adv_key = c.hashed_adv_key AND r.tracker_id IS NULL
                RETURNING r.tracker_id, r."timestamp", r.digest),
            parts AS (
                SELECT *, (row_number() OVER (ORDER BY "timestamp", digest) - 1) / 1000 AS part FROM attached)
            INSERT INTO report_inbox (batch, change, items, trackers, times, ids)
            SELECT nextval('report_batches'), 2, count(*), array_agg(tracker_id ORDER BY "timestamp", digest),
                   array_agg("timestamp" ORDER BY "timestamp", digest), array_agg(digest ORDER BY "timestamp", digest)
              FROM parts GROUP BY part""";

    private KeyIndex() {}

    /** Until the end of the transaction no other transaction may decide who owns a name or a key. */
    static void lockNamesAndKeys(Connection connection) throws SQLException {
        Sql.on(connection, "SELECT pg_advisory_xact_lock(hashtextextended('report-store names and keys', 0))")
                .execute();
    }

    /** The keys of a tracker, sorted. */
    static List<String> keysOf(Connection connection, long trackerId) throws SQLException {
        return keysOf(connection, trackerId, "");
    }

    /** The keys of a tracker, locked: waits for transactions that write reports of them, and keeps others from beginning to. */
    static List<String> lockKeysOf(Connection connection, long trackerId) throws SQLException {
        return keysOf(connection, trackerId, " FOR UPDATE");
    }

    private static List<String> keysOf(Connection connection, long trackerId, String lock) throws SQLException {
        return Sql.on(
                        connection,
                        "SELECT hashed_adv_key FROM tracker_keys"
                                + " WHERE tracker_id = ? ORDER BY hashed_adv_key COLLATE \"C\"" + lock,
                        trackerId)
                .list(row -> row.getString(1));
    }

    /** Registers those of the keys that nobody owns for a tracker, and returns how many. */
    static int add(Connection connection, long trackerId, Collection<String> hashedKeys) throws SQLException {
        return Sql.on(
                        connection,
                        "INSERT INTO tracker_keys"
                                + " SELECT key, t.id FROM unnest(?::text[]) AS k (key), trackers t WHERE t.id = ?"
                                + " GROUP BY key, t.id ORDER BY key COLLATE \"C\" ON CONFLICT DO NOTHING",
                        ArrayOf.texts(hashedKeys),
                        trackerId)
                .update();
    }

    /** Registers these keys for a tracker in place of its former keys. */
    static void replace(Connection connection, long trackerId, Collection<String> hashedKeys) throws SQLException {
        List<String> former = lockKeysOf(connection, trackerId);
        former.removeAll(new HashSet<>(hashedKeys));
        Sql.on(connection, "DELETE FROM tracker_keys WHERE hashed_adv_key = ANY (?)", ArrayOf.texts(former))
                .update();
        add(connection, trackerId, hashedKeys);
    }

    /** Another tracker that owns one of the keys. */
    static Optional<Long> otherOwner(Connection connection, long trackerId, Collection<String> hashedKeys)
            throws SQLException {
        return Sql.on(
                        connection,
                        "SELECT tracker_id FROM tracker_keys"
                                + " WHERE hashed_adv_key = ANY (?) AND tracker_id <> ? ORDER BY tracker_id LIMIT 1",
                        ArrayOf.texts(hashedKeys),
                        trackerId)
                .first(row -> row.getLong(1));
    }

    /** Takes its reports from a tracker and remembers their keys, so that the next owner of a key gets them. */
    static void releaseReports(Connection connection, long trackerId) throws SQLException {
        CompressedChunks.allowChanges(connection);
        Sql.on(
                        connection,
                        "WITH released AS ("
                                + "UPDATE location_reports SET tracker_id = NULL WHERE tracker_id = ? RETURNING hashed_adv_key)"
                                + " INSERT INTO unclaimed_keys SELECT DISTINCT hashed_adv_key FROM released"
                                + " ON CONFLICT DO NOTHING",
                        trackerId)
                .update();
    }

    /** Gives reports that were stored before their tracker to it. */
    public static void attachUnclaimed(Connection connection) throws SQLException {
        // An insert of no entries announces itself, too, which is written to the disk.
        if (Sql.on(connection, ANY_TO_ATTACH).one(row -> row.getBoolean(1))) {
            CompressedChunks.allowChanges(connection);
            Sql.on(connection, ATTACH).execute();
        }
    }
}

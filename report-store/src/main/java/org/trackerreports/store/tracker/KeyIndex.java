package org.trackerreports.store.tracker;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.trackerreports.store.sql.CompressedChunks;

/** Which hashed key belongs to which tracker, and the reports that wait for their key's owner. */
public final class KeyIndex {

    private KeyIndex() {}

    /** Whoever decides who owns a name or a key decides alone. */
    static void lockNamesAndKeys(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_xact_lock(hashtextextended('report-store names and keys', 0))");
        }
    }

    /** The keys of a tracker, sorted. */
    static List<String> keysOf(Connection connection, long trackerId) throws SQLException {
        return keysOf(connection, trackerId, "");
    }

    /** The keys of a tracker; waits until nobody writes reports of them, and lets nobody begin to. */
    static List<String> holdKeysOf(Connection connection, long trackerId) throws SQLException {
        return keysOf(connection, trackerId, " FOR UPDATE");
    }

    private static List<String> keysOf(Connection connection, long trackerId, String lock) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT hashed_adv_key FROM tracker_keys"
                + " WHERE tracker_id = ? ORDER BY hashed_adv_key COLLATE \"C\"" + lock)) {
            statement.setLong(1, trackerId);
            List<String> keys = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    keys.add(row.getString(1));
                }
            }
            return keys;
        }
    }

    /** Gives a tracker those of the keys that nobody has, and says how many. */
    static int add(Connection connection, long trackerId, Collection<String> hashedKeys) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("INSERT INTO tracker_keys"
                + " SELECT key, t.id FROM unnest(?::text[]) AS k (key), trackers t WHERE t.id = ? GROUP BY key, t.id"
                + " ORDER BY key COLLATE \"C\" ON CONFLICT DO NOTHING")) {
            statement.setArray(1, connection.createArrayOf("text", hashedKeys.toArray()));
            statement.setLong(2, trackerId);
            return statement.executeUpdate();
        }
    }

    /** Gives a tracker these keys in place of those that it has. */
    static void replace(Connection connection, long trackerId, Collection<String> hashedKeys) throws SQLException {
        List<String> former = holdKeysOf(connection, trackerId);
        former.removeAll(new HashSet<>(hashedKeys));
        try (PreparedStatement statement =
                connection.prepareStatement("DELETE FROM tracker_keys WHERE hashed_adv_key = ANY (?)")) {
            statement.setArray(1, connection.createArrayOf("text", former.toArray()));
            statement.executeUpdate();
        }
        add(connection, trackerId, hashedKeys);
    }

    /** Another tracker that has one of the keys. */
    static Optional<Long> otherOwner(Connection connection, long trackerId, Collection<String> hashedKeys)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT tracker_id FROM tracker_keys"
                + " WHERE hashed_adv_key = ANY (?) AND tracker_id <> ? ORDER BY tracker_id LIMIT 1")) {
            statement.setArray(1, connection.createArrayOf("text", hashedKeys.toArray()));
            statement.setLong(2, trackerId);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
            }
        }
    }

    /** Takes a tracker's reports from it and notes their keys, so that the next owner of a key gets them. */
    static void releaseReports(Connection connection, long trackerId) throws SQLException {
        CompressedChunks.allowChanges(connection);
        try (PreparedStatement statement = connection.prepareStatement("WITH released AS ("
                + "UPDATE location_reports SET tracker_id = NULL WHERE tracker_id = ? RETURNING hashed_adv_key)"
                + " INSERT INTO unclaimed_keys SELECT DISTINCT hashed_adv_key FROM released ON CONFLICT DO NOTHING")) {
            statement.setLong(1, trackerId);
            statement.executeUpdate();
        }
    }

    /** Gives reports that came before their tracker to it. */
    public static void attachUnclaimed(Connection connection) throws SQLException {
        CompressedChunks.allowChanges(connection);
        try (Statement statement = connection.createStatement()) {
            statement.execute("WITH claimed AS (DELETE FROM unclaimed_keys u USING tracker_keys k"
                    + " WHERE k.hashed_adv_key = u.hashed_adv_key RETURNING k.hashed_adv_key, k.tracker_id)"
                    + " UPDATE location_reports r SET tracker_id = c.tracker_id FROM claimed c"
                    + " WHERE r.hashed_adv_key = c.hashed_adv_key AND r.tracker_id IS NULL");
        }
    }
}

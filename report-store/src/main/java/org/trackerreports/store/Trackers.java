package org.trackerreports.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

/** The trackers and their keys. Times of changes are the database's, the one clock that all instances share. Thread-safe. */
public final class Trackers {

    private static final int MAX_NAME_LENGTH = 200;
    private static final int FETCH_SIZE = 5_000;

    private final Database database;
    private final SecretCipher cipher;
    private final TrackerRows rows;
    private final Capabilities capabilities;

    Trackers(Database database, SecretCipher cipher, Capabilities capabilities) {
        this.database = database;
        this.cipher = cipher;
        this.rows = new TrackerRows(cipher);
        this.capabilities = capabilities;
    }

    /**
     * Adds trackers in one transaction, each judged alone. Reports of their keys that came before them become theirs.
     *
     * @return one outcome for each, in the given order
     */
    public List<AddOutcome> add(List<NewTracker> trackers) {
        if (trackers.isEmpty()) {
            return List.of();
        }
        return database.transaction("add trackers", connection -> new TrackerImport(connection, cipher).add(trackers));
    }

    /** Finds a tracker by its name. */
    public Optional<Tracker> find(String name) {
        return database.session("find a tracker", connection -> {
            try (PreparedStatement statement = connection.prepareStatement(TrackerRows.SELECT + "WHERE name = ?")) {
                statement.setString(1, name);
                return rows.read(statement).stream().findFirst();
            }
        });
    }

    /** Finds a tracker by its id. */
    public Optional<Tracker> find(long id) {
        return findAll(List.of(id)).stream().findFirst();
    }

    /** The trackers with these ids, by id; unknown ids are left out. */
    public List<Tracker> findAll(Collection<Long> ids) {
        return database.session("find trackers", connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement(TrackerRows.SELECT + "WHERE id = ANY (?) ORDER BY id")) {
                statement.setArray(1, connection.createArrayOf("bigint", ids.toArray()));
                return rows.read(statement);
            }
        });
    }

    /** The tracker that owns a key. */
    public Optional<Tracker> findByKey(String hashedAdvKey) {
        return database.session("find a tracker by its key", connection -> {
            try (PreparedStatement statement = connection.prepareStatement(
                    TrackerRows.SELECT + "WHERE id = (SELECT tracker_id FROM tracker_keys WHERE hashed_adv_key = ?)")) {
                statement.setString(1, hashedAdvKey);
                return rows.read(statement).stream().findFirst();
            }
        });
    }

    /** The keys that are known of a tracker, sorted. */
    public List<String> hashedKeys(long id) {
        return database.session("read a tracker's keys", connection -> {
            try (PreparedStatement statement = connection.prepareStatement(
                    "SELECT hashed_adv_key FROM tracker_keys WHERE tracker_id = ? ORDER BY hashed_adv_key COLLATE \"C\"")) {
                statement.setLong(1, id);
                List<String> keys = new ArrayList<>();
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        keys.add(row.getString(1));
                    }
                }
                return keys;
            }
        });
    }

    /** All trackers, by name. Each carries its key material, so for very many use {@link #forEachEnabledId}. */
    public List<Tracker> list() {
        return list(Map.of());
    }

    /** The trackers that carry all of these labels, by name. */
    public List<Tracker> list(Map<String, String> labels) {
        return database.session("list trackers", connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement(TrackerRows.SELECT + "WHERE labels @> ?::jsonb ORDER BY name")) {
                statement.setString(1, Labels.toJson(labels));
                return rows.read(statement);
            }
        });
    }

    /** Passes the ids of all enabled trackers, ascending, without holding them all in memory. */
    public void forEachEnabledId(LongConsumer consumer) {
        database.transaction("read the enabled trackers", connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("SELECT id FROM trackers WHERE enabled ORDER BY id")) {
                statement.setFetchSize(FETCH_SIZE);
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        consumer.accept(row.getLong(1));
                    }
                }
                return null;
            }
        });
    }

    /**
     * What was added, changed or removed since an instant that an earlier answer named; {@link Instant#EPOCH} for all. All who
     * write to this database have to use one role, or one that may see the others' transactions.
     */
    public TrackerChanges changedSince(Instant since) {
        return database.transaction("read the changes of trackers", connection -> {
            Instant next = oldestTransactionStart(connection);
            List<TrackerChanges.Change> changes = new ArrayList<>();
            try (PreparedStatement statement = connection.prepareStatement("SELECT id, CASE WHEN enabled THEN 'ENABLED'"
                    + " ELSE 'DISABLED' END AS state FROM trackers WHERE changed_at >= ?"
                    + " UNION ALL SELECT tracker_id, 'REMOVED' FROM removed_trackers WHERE removed_at >= ?")) {
                statement.setObject(1, Database.utc(since));
                statement.setObject(2, Database.utc(since));
                statement.setFetchSize(FETCH_SIZE);
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        changes.add(new TrackerChanges.Change(
                                row.getLong(1), TrackerChanges.State.valueOf(row.getString(2))));
                    }
                }
            }
            return new TrackerChanges(changes, next);
        });
    }

    /**
     * Gives a tracker another name.
     *
     * @return false when there is no tracker of that id or the name is taken
     * @throws IllegalArgumentException when the name is not 1 to 200 printable characters
     */
    public boolean rename(long id, String name) {
        String flaw = flawOfName(name);
        if (flaw != null) {
            throw new IllegalArgumentException(flaw);
        }
        return database.transaction("rename a tracker", connection -> {
            lockNamesAndKeys(connection);
            try (PreparedStatement statement = connection.prepareStatement("UPDATE trackers SET name = ?,"
                    + " changed_at = now() WHERE id = ? AND NOT EXISTS (SELECT 1 FROM trackers WHERE name = ?)")) {
                statement.setString(1, name);
                statement.setLong(2, id);
                statement.setString(3, name);
                return statement.executeUpdate() == 1;
            }
        });
    }

    /** Says whether reports of a tracker shall be fetched; false when there is no tracker of that id. */
    public boolean setEnabled(long id, boolean enabled) {
        return database.session("change a tracker", connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("UPDATE trackers SET enabled = ?, changed_at = now() WHERE id = ?")) {
                statement.setBoolean(1, enabled);
                statement.setLong(2, id);
                return statement.executeUpdate() == 1;
            }
        });
    }

    /** Replaces the labels of a tracker; false when there is no tracker of that id. */
    public boolean setLabels(long id, Map<String, String> labels) {
        return database.session("change a tracker's labels", connection -> {
            try (PreparedStatement statement = connection.prepareStatement(
                    "UPDATE trackers SET labels = ?::jsonb, changed_at = now() WHERE id = ?")) {
                statement.setString(1, Labels.toJson(labels));
                statement.setLong(2, id);
                return statement.executeUpdate() == 1;
            }
        });
    }

    /**
     * Removes a tracker and its keys.
     *
     * @param withReports also removes its reports and history; otherwise they stay without a tracker, and become a later tracker's that brings
     *     the same keys
     * @return false when there is no tracker of that id
     */
    public boolean remove(long id, boolean withReports) {
        return database.transaction("remove a tracker", connection -> {
            lockNamesAndKeys(connection);
            if (!withReports) {
                update(
                        connection,
                        "INSERT INTO unclaimed_keys SELECT hashed_adv_key FROM tracker_keys"
                                + " WHERE tracker_id = ? ON CONFLICT DO NOTHING",
                        id);
            }
            if (update(connection, "DELETE FROM trackers WHERE id = ?", id) == 0) {
                return false;
            }
            update(
                    connection,
                    withReports
                            ? "DELETE FROM location_reports WHERE tracker_id = ?"
                            : "UPDATE location_reports SET tracker_id = NULL WHERE tracker_id = ?",
                    id);
            if (withReports) {
                HistoryTables.forget(connection, capabilities, id);
            }
            update(connection, "INSERT INTO removed_trackers (tracker_id) VALUES (?)", id);
            return true;
        });
    }

    /**
     * Adds keys to a tracker, as rolling keys are used.
     *
     * @return how many were not registered before; a key that belongs to another tracker stays there
     * @throws IllegalArgumentException when one is not standard base64 of 32 bytes
     */
    public int registerKeys(long trackerId, Collection<String> hashedKeys) {
        if (!hashedKeys.stream().allMatch(HashedKeys::isWellFormed)) {
            throw new IllegalArgumentException("a hashed key is not standard base64 of 32 bytes (44 characters)");
        }
        return database.transaction("register a tracker's keys", connection -> {
            int added;
            try (PreparedStatement statement = connection.prepareStatement("INSERT INTO tracker_keys"
                    + " SELECT DISTINCT key, t.id FROM unnest(?::text[]) AS k (key), trackers t WHERE t.id = ?"
                    + " ORDER BY key ON CONFLICT DO NOTHING")) {
                statement.setArray(1, connection.createArrayOf("text", hashedKeys.toArray()));
                statement.setLong(2, trackerId);
                added = statement.executeUpdate();
            }
            attachUnclaimed(connection);
            return added;
        });
    }

    static String place(long id) {
        return "trackers.key_material of id " + id;
    }

    static String flawOfName(String name) {
        if (name.isBlank()
                || name.length() > MAX_NAME_LENGTH
                || name.codePoints().anyMatch(Character::isISOControl)) {
            return "a tracker's name has 1 to " + MAX_NAME_LENGTH
                    + " characters, not only blanks and no control characters";
        }
        return null;
    }

    /** Whoever decides who owns a name or a key decides alone. */
    static void lockNamesAndKeys(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_xact_lock(hashtextextended('report-store names and keys', 0))");
        }
    }

    /** Gives reports that came before their tracker to it. */
    static void attachUnclaimed(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("WITH claimed AS (DELETE FROM unclaimed_keys u USING tracker_keys k"
                    + " WHERE k.hashed_adv_key = u.hashed_adv_key RETURNING k.hashed_adv_key, k.tracker_id)"
                    + " UPDATE location_reports r SET tracker_id = c.tracker_id FROM claimed c"
                    + " WHERE r.hashed_adv_key = c.hashed_adv_key AND r.tracker_id IS NULL");
        }
    }

    private static int update(Connection connection, String sql, long id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, id);
            return statement.executeUpdate();
        }
    }

    /** Rows carry the start of their transaction, so one that is still open may yet bring rows as old as its start. */
    private static Instant oldestTransactionStart(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT least(now(), min(xact_start)) AS oldest"
                        + " FROM pg_stat_activity WHERE datname = current_database()")) {
            row.next();
            return Database.instant(row, "oldest");
        }
    }
}

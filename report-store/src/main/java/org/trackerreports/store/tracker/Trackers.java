package org.trackerreports.store.tracker;

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
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.trackerreports.store.schema.Capabilities;
import org.trackerreports.store.secret.SecretCipher;
import org.trackerreports.store.sql.Database;
import org.trackerreports.store.sql.HashedKeys;

/** The trackers and their keys. Times of changes are the database's, the one clock that all instances share. Thread-safe. */
public final class Trackers {

    private static final int FETCH_SIZE = 5_000;

    private final Database database;
    private final SecretCipher cipher;
    private final TrackerRows rows;
    private final Capabilities capabilities;

    public Trackers(Database database, SecretCipher cipher, Capabilities capabilities) {
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

    /**
     * What {@link #add} would answer now, without adding anything.
     *
     * @return one outcome for each, in the given order; the ids of those that would be added are 0
     */
    public List<AddOutcome> previewAdd(List<NewTracker> trackers) {
        return database.session(
                "look at trackers to add", connection -> new TrackerImport(connection, cipher).preview(trackers));
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
        return database.session("read a tracker's keys", connection -> KeyIndex.keysOf(connection, id));
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
        stream("SELECT id FROM trackers WHERE enabled ORDER BY id", row -> consumer.accept(row.getLong(1)));
    }

    /** Passes the names of all trackers, sorted, without holding them all in memory and without touching their keys. */
    public void forEachName(Consumer<String> consumer) {
        stream("SELECT name FROM trackers ORDER BY name", row -> consumer.accept(row.getString(1)));
    }

    private interface RowConsumer {
        void accept(ResultSet row) throws SQLException;
    }

    private void stream(String sql, RowConsumer consumer) {
        database.transaction("read the trackers", connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setFetchSize(FETCH_SIZE);
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        consumer.accept(row);
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

    /** Gives a tracker another name; refused when it is taken, or not 1 to 200 printable characters. */
    public ChangeOutcome rename(long id, String name) {
        return change("rename a tracker", id, change -> change.rename(name));
    }

    /** Says whether reports of a tracker shall be fetched. */
    public ChangeOutcome setEnabled(long id, boolean enabled) {
        return change("change a tracker", id, change -> change.enable(enabled));
    }

    /**
     * Sets some labels of a tracker and takes others away; the rest stays. A label that is in both is set.
     *
     * @param set names of 1 to 200 and values of up to 1000 printable characters
     * @param remove names; those that the tracker has not are fine
     */
    public ChangeOutcome changeLabels(long id, Map<String, String> set, Collection<String> remove) {
        return change("change a tracker's labels", id, change -> change.label(set, remove));
    }

    /**
     * Gives a tracker other keys; its reports and history stay. Its former keys are nobody's afterwards, and payloads that were
     * encrypted for them can no longer be decoded again, so keep them elsewhere if that may be wanted. A fetch that began before
     * with the former keys may still bring its reports, and its alignment.
     *
     * @return refused when one of the keys belongs to another tracker
     */
    public ChangeOutcome replaceKeys(long id, TrackerKeys keys) {
        return change("replace a tracker's keys", id, change -> change.replaceKeys(keys, cipher));
    }

    /**
     * Removes a tracker and its keys.
     *
     * @param withReports also removes its reports and history; otherwise they stay without a tracker, and become a later
     *     tracker's that brings the same keys
     * @return false when there is no tracker of that id
     */
    public boolean remove(long id, boolean withReports) {
        return database.transaction(
                "remove a tracker", connection -> new TrackerChange(connection, id).remove(withReports, capabilities));
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
            int added = KeyIndex.add(connection, trackerId, hashedKeys);
            KeyIndex.attachUnclaimed(connection);
            return added;
        });
    }

    private interface Edit {
        ChangeOutcome on(TrackerChange change) throws SQLException;
    }

    private ChangeOutcome change(String purpose, long id, Edit edit) {
        return database.transaction(purpose, connection -> edit.on(new TrackerChange(connection, id)));
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

package org.trackerreports.store.internal.tracker;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.trackerreports.store.internal.secret.SecretCipher;
import org.trackerreports.store.internal.sql.Database;
import org.trackerreports.store.internal.sql.Sql;
import org.trackerreports.store.internal.sql.Sql.ArrayOf;
import org.trackerreports.store.internal.text.Labels;
import org.trackerreports.store.internal.text.Names;
import org.trackerreports.store.schema.Capabilities;
import org.trackerreports.store.tracker.AddOutcome;
import org.trackerreports.store.tracker.ChangeOutcome;
import org.trackerreports.store.tracker.NewTracker;
import org.trackerreports.store.tracker.Tracker;
import org.trackerreports.store.tracker.TrackerChanges;
import org.trackerreports.store.tracker.TrackerKeys;
import org.trackerreports.store.tracker.Trackers;

/** Trackers in PostgreSQL. */
public record JdbcTrackers(Database database, SecretCipher cipher, Capabilities capabilities) implements Trackers {

    private static final int FETCH_SIZE = 5_000;

    @Override
    public List<AddOutcome> add(List<NewTracker> trackers) {
        if (trackers.isEmpty()) {
            return List.of();
        }
        return database.transaction("add trackers", connection -> new TrackerImport(connection, cipher).add(trackers));
    }

    @Override
    public List<AddOutcome> previewAdd(List<NewTracker> trackers) {
        return database.session(
                "preview the addition of trackers",
                connection -> new TrackerImport(connection, cipher).preview(trackers));
    }

    @Override
    public Optional<Tracker> find(String name) {
        return select("find a tracker", "WHERE name = ANY (?)", ArrayOf.texts(Names.forms(name))).stream()
                .min(Comparator.comparing(tracker -> !tracker.name().equals(name)));
    }

    @Override
    public Optional<Tracker> find(long id) {
        return findAll(List.of(id)).stream().findFirst();
    }

    @Override
    public List<Tracker> findAll(Collection<Long> ids) {
        return select("find trackers", "WHERE id = ANY (?) ORDER BY id", ArrayOf.bigints(ids));
    }

    @Override
    public Optional<Tracker> findByKey(String hashedAdvKey) {
        return select(
                        "find a tracker by its key",
                        "WHERE id = (SELECT tracker_id FROM tracker_keys WHERE hashed_adv_key = ?)",
                        hashedAdvKey)
                .stream()
                .findFirst();
    }

    @Override
    public List<String> hashedKeys(long id) {
        return database.session("read the keys of a tracker", connection -> KeyIndex.keysOf(connection, id));
    }

    @Override
    public List<Tracker> list() {
        return list(Map.of());
    }

    @Override
    public List<Tracker> list(Map<String, String> labels) {
        return select(
                "list trackers",
                "WHERE " + Labels.condition("labels", labels) + " ORDER BY name",
                Labels.forms(labels));
    }

    private List<Tracker> select(String purpose, String condition, Object... parameters) {
        return database.session(
                purpose, connection -> new TrackerRows(cipher).select(connection, condition, parameters));
    }

    @Override
    public void forEachOfKind(String kind, Consumer<Tracker> consumer) {
        database.inTransaction(
                "read the trackers of a kind",
                connection -> new TrackerRows(cipher)
                        .forEach(connection, FETCH_SIZE, consumer, "WHERE kind = ? ORDER BY id", kind));
    }

    @Override
    public void forEachEnabledId(LongConsumer consumer) {
        stream("SELECT id FROM trackers WHERE enabled ORDER BY id", row -> consumer.accept(row.getLong(1)));
    }

    @Override
    public void forEachName(Consumer<String> consumer) {
        stream("SELECT name FROM trackers ORDER BY name", row -> consumer.accept(row.getString(1)));
    }

    private void stream(String sql, Sql.RowConsumer consumer) {
        database.inTransaction(
                "read the trackers",
                connection -> Sql.on(connection, sql).fetchSize(FETCH_SIZE).forEach(consumer));
    }

    @Override
    public TrackerChanges changedSince(Instant since) {
        return database.transaction("read the changes of trackers", connection -> {
            Instant next = oldestTransactionStart(connection);
            List<TrackerChanges.Change> changes = new ArrayList<>();
            Sql.on(
                            connection,
                            "SELECT id, CASE WHEN enabled THEN 'ENABLED' ELSE 'DISABLED' END AS state"
                                    + " FROM trackers WHERE changed_at >= ?"
                                    + " UNION ALL SELECT tracker_id, 'REMOVED' FROM removed_trackers WHERE removed_at >= ?",
                            since,
                            since)
                    .fetchSize(FETCH_SIZE)
                    .forEach(row -> changes.add(
                            new TrackerChanges.Change(row.getLong(1), TrackerChanges.State.valueOf(row.getString(2)))));
            return new TrackerChanges(changes, next);
        });
    }

    /** Rows have the time when their transaction started, so an open transaction may still add rows with its start time. */
    private static Instant oldestTransactionStart(Connection connection) throws SQLException {
        return Sql.on(
                        connection,
                        "SELECT least(now(), min(xact_start)) AS oldest"
                                + " FROM pg_stat_activity WHERE datname = current_database()")
                .one(row -> Sql.instant(row, "oldest"));
    }

    @Override
    public ChangeOutcome rename(long id, String name) {
        return change("rename a tracker", id, change -> change.rename(name));
    }

    @Override
    public ChangeOutcome setEnabled(long id, boolean enabled) {
        return change("enable or disable a tracker", id, change -> change.enable(enabled));
    }

    @Override
    public ChangeOutcome changeLabels(long id, Map<String, String> set, Collection<String> remove) {
        return change("change the labels of a tracker", id, change -> change.label(set, remove));
    }

    @Override
    public ChangeOutcome replaceKeys(long id, TrackerKeys keys) {
        return change("replace the keys of a tracker", id, change -> change.replaceKeys(keys, cipher));
    }

    @Override
    public boolean remove(long id, boolean withReports) {
        return database.transaction(
                "remove a tracker", connection -> new TrackerChange(connection, id).remove(withReports, capabilities));
    }

    @Override
    public int registerKeys(long trackerId, Collection<String> hashedKeys) {
        if (!hashedKeys.stream().allMatch(HashedKeys::isWellFormed)) {
            throw new IllegalArgumentException("a hashed key is not standard base64 of 32 bytes (44 characters)");
        }
        return database.transaction("register keys of a tracker", connection -> {
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
}

package org.trackerreports.store.tracker;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.trackerreports.store.schema.Capabilities;
import org.trackerreports.store.schema.HistoryTables;
import org.trackerreports.store.secret.SecretCipher;
import org.trackerreports.store.sql.CompressedChunks;
import org.trackerreports.store.sql.Database;

/** Changes one tracker inside a transaction. */
public final class TrackerChange {

    private final Connection connection;
    private final long id;

    public TrackerChange(Connection connection, long id) {
        this.connection = connection;
        this.id = id;
    }

    ChangeOutcome rename(String name) throws SQLException {
        String flaw = TrackerCheck.flawOfName(name);
        if (flaw != null) {
            return new ChangeOutcome.Refused(flaw);
        }
        KeyIndex.lockNamesAndKeys(connection);
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT 1 FROM trackers WHERE name = ? AND id <> ?")) {
            statement.setString(1, name);
            statement.setLong(2, id);
            if (statement.executeQuery().next()) {
                return new ChangeOutcome.Refused("the name is taken by another tracker; choose another name");
            }
        }
        return update("name = ?", statement -> statement.setString(1, name));
    }

    ChangeOutcome enable(boolean enabled) throws SQLException {
        return update("enabled = ?", statement -> statement.setBoolean(1, enabled));
    }

    ChangeOutcome label(Map<String, String> set, Collection<String> remove) throws SQLException {
        String flaw = TrackerCheck.flawOfLabels(set);
        if (flaw != null) {
            return new ChangeOutcome.Refused(flaw);
        }
        return update("labels = labels - ?::text[] || ?::jsonb", statement -> {
            statement.setArray(1, connection.createArrayOf("text", remove.toArray()));
            statement.setString(2, Labels.toJson(set));
        });
    }

    ChangeOutcome replaceKeys(TrackerKeys keys, SecretCipher cipher) throws SQLException {
        String flaw = TrackerCheck.flawOfKeys(keys.kind(), keys.hashedKeys());
        if (flaw != null) {
            return new ChangeOutcome.Refused(flaw);
        }
        KeyIndex.lockNamesAndKeys(connection);
        Optional<Long> owner = KeyIndex.otherOwner(connection, id, keys.hashedKeys());
        if (owner.isPresent()) {
            return new ChangeOutcome.Refused("one of the keys belongs to the tracker with id " + owner.get());
        }
        KeyIndex.replace(connection, id, keys.hashedKeys());
        ChangeOutcome outcome =
                update("kind = ?, key_material = ?, key_id = ?, alignment_time = ?, alignment_index = ?", statement -> {
                    statement.setString(1, keys.kind());
                    statement.setBytes(2, cipher.seal(keys.keyMaterial(), TrackerRows.place(id)));
                    statement.setString(3, cipher.currentKeyId());
                    statement.setObject(
                            4,
                            Database.utc(keys.alignment().map(Alignment::time).orElse(null)));
                    statement.setObject(
                            5, keys.alignment().map(Alignment::index).orElse(null), Types.BIGINT);
                });
        if (outcome.kind() == ChangeOutcome.Kind.CHANGED) {
            KeyIndex.attachUnclaimed(connection);
        }
        return outcome;
    }

    public boolean remove(boolean withReports, Capabilities capabilities) throws SQLException {
        KeyIndex.lockNamesAndKeys(connection);
        KeyIndex.holdKeysOf(connection, id);
        if (execute("DELETE FROM trackers WHERE id = ?") == 0) {
            return false;
        }
        if (withReports) {
            CompressedChunks.allowChanges(connection);
            execute("DELETE FROM location_reports WHERE tracker_id = ?");
            HistoryTables.forget(connection, capabilities, id);
        } else {
            KeyIndex.releaseReports(connection, id);
        }
        execute("INSERT INTO removed_trackers (tracker_id) VALUES (?)");
        return true;
    }

    private interface Binding {
        void to(PreparedStatement statement) throws SQLException;
    }

    private ChangeOutcome update(String assignments, Binding binding) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "UPDATE trackers SET " + assignments + ", changed_at = now() WHERE id = " + id)) {
            binding.to(statement);
            return statement.executeUpdate() == 1 ? new ChangeOutcome.Changed() : new ChangeOutcome.Unknown();
        }
    }

    private int execute(String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, id);
            return statement.executeUpdate();
        }
    }
}

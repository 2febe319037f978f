package org.trackerreports.store.internal.tracker;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.trackerreports.store.internal.inbox.Announcements;
import org.trackerreports.store.internal.inbox.FeedCursors;
import org.trackerreports.store.internal.inbox.MovementDue;
import org.trackerreports.store.internal.secret.SecretCipher;
import org.trackerreports.store.internal.secret.SecretPlace;
import org.trackerreports.store.internal.sql.CompressedChunks;
import org.trackerreports.store.internal.sql.Sql;
import org.trackerreports.store.internal.sql.Sql.ArrayOf;
import org.trackerreports.store.internal.text.Labels;
import org.trackerreports.store.internal.text.Names;
import org.trackerreports.store.schema.Capabilities;
import org.trackerreports.store.tracker.Alignment;
import org.trackerreports.store.tracker.ChangeOutcome;
import org.trackerreports.store.tracker.TrackerKeys;

/** Changes one tracker in a transaction. */
public record TrackerChange(Connection connection, long id) {

    /** What is known of a tracker from its reports. */
    private static final List<String> JUDGED = List.of(
            "latest_positions",
            "movement_due",
            "tracker_answers",
            "tracker_conditions",
            "tracker_events",
            "place_checkpoints",
            "place_transitions");

    ChangeOutcome rename(String name) throws SQLException {
        Optional<String> flaw = TrackerCheck.flawOfName(name);
        if (flaw.isPresent()) {
            return new ChangeOutcome.Refused(flaw.get());
        }
        KeyIndex.lockNamesAndKeys(connection);
        boolean taken = Sql.on(
                        connection,
                        "SELECT 1 FROM trackers WHERE name = ANY (?) AND id <> ?",
                        ArrayOf.texts(Names.forms(name)),
                        id)
                .first(row -> row.getInt(1))
                .isPresent();
        return taken
                ? new ChangeOutcome.Refused("another tracker has this name; choose another name")
                : update("name = ?", Names.normal(name));
    }

    ChangeOutcome enable(boolean enabled) throws SQLException {
        return update("enabled = ?", enabled);
    }

    ChangeOutcome label(Map<String, String> set, Collection<String> remove) throws SQLException {
        Optional<String> flaw = TrackerCheck.flawOfLabels(set);
        if (flaw.isPresent()) {
            return new ChangeOutcome.Refused(flaw.get());
        }
        List<String> replaced = Stream.concat(remove.stream(), set.keySet().stream())
                .flatMap(name -> Names.forms(name).stream())
                .toList();
        ChangeOutcome outcome =
                update("labels = labels - ?::text[] || ?::jsonb", ArrayOf.texts(replaced), Labels.toJson(set));
        MovementDue.trackersChanged(connection, List.of(id));
        return outcome;
    }

    ChangeOutcome replaceKeys(TrackerKeys keys, SecretCipher cipher) throws SQLException {
        Optional<String> flaw = TrackerCheck.flawOfKeys(keys.kind(), keys.hashedKeys());
        if (flaw.isPresent()) {
            return new ChangeOutcome.Refused(flaw.get());
        }
        KeyIndex.lockNamesAndKeys(connection);
        Optional<Long> owner = KeyIndex.otherOwner(connection, id, keys.hashedKeys());
        if (owner.isPresent()) {
            return new ChangeOutcome.Refused("one of the keys belongs to the tracker with id " + owner.get());
        }
        KeyIndex.replace(connection, id, keys.hashedKeys());
        ChangeOutcome outcome = update(
                "kind = ?, key_material = ?, key_id = ?, alignment_time = ?, alignment_index = ?",
                keys.kind(),
                cipher.seal(keys.keyMaterial(), SecretPlace.trackerKeys(id)),
                cipher.currentKeyId(),
                keys.alignment().map(Alignment::time).orElse(null),
                keys.alignment().map(Alignment::index).orElse(null));
        if (outcome.kind() == ChangeOutcome.Kind.CHANGED) {
            KeyIndex.attachUnclaimed(connection);
        }
        return outcome;
    }

    /** Returns false if there is no such tracker. */
    public boolean remove(boolean withReports, Capabilities capabilities) throws SQLException {
        KeyIndex.lockNamesAndKeys(connection);
        KeyIndex.lockKeysOf(connection, id);
        if (executeForId("DELETE FROM trackers WHERE id = ?") == 0) {
            return false;
        }
        if (withReports) {
            CompressedChunks.allowChanges(connection);
            FeedCursors.beginEntriesAgain(connection);
            executeForId("DELETE FROM location_reports WHERE tracker_id = ?");
            HistoryTables.forget(connection, capabilities, id);
        } else {
            KeyIndex.releaseReports(connection, id);
        }
        for (String table : JUDGED) {
            executeForId("DELETE FROM " + table + " WHERE tracker_id = ?");
        }
        executeForId("INSERT INTO removed_trackers (tracker_id) VALUES (?)");
        Announcements.trackers(connection, List.of(id));
        return true;
    }

    private ChangeOutcome update(String assignments, @Nullable Object... values) throws SQLException {
        @Nullable Object[] parameters = Arrays.copyOf(values, values.length + 1);
        parameters[values.length] = id;
        int changed = Sql.on(
                        connection,
                        "UPDATE trackers SET " + assignments + ", changed_at = now() WHERE id = ?",
                        parameters)
                .update();
        if (changed == 0) {
            return new ChangeOutcome.Unknown();
        }
        Announcements.trackers(connection, List.of(id));
        return new ChangeOutcome.Changed();
    }

    private int executeForId(String sql) throws SQLException {
        return Sql.on(connection, sql, id).update();
    }
}

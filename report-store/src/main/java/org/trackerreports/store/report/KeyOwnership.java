package org.trackerreports.store.report;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who owns the keys of some reports. Held until the end of the transaction, so that no tracker is removed while its reports are
 * written.
 *
 * <p>It holds the rows of the keys, since they are read anyway and many fit on a page: whoever removes a tracker has to remove its
 * keys. A tracker's own row is held only where that of the key says nothing about it. All who lock both lock the keys first, in
 * the order of their characters, so that nobody waits in a circle.
 */
final class KeyOwnership {

    private final Connection connection;
    private final Map<String, Long> owners = new HashMap<>();
    private final Set<Long> trackers = new HashSet<>();

    private KeyOwnership(Connection connection) {
        this.connection = connection;
    }

    /** Gives keys that nobody has to the trackers of their reports; all keys have to be well-formed. */
    static KeyOwnership hold(Connection connection, List<NewReport> reports) throws SQLException {
        KeyOwnership held = new KeyOwnership(connection);
        Set<String> keys = new HashSet<>();
        reports.forEach(report -> keys.add(report.hashedAdvKey()));
        held.holdKeys(keys);
        held.holdTrackers(reports);
        held.registerKeys(reports);
        return held;
    }

    /** Why this report cannot be stored for its tracker, or null. */
    String flawOf(NewReport report) {
        if (isKeyOfItsTracker(report)) {
            return null;
        }
        long tracker = report.trackerId().getAsLong();
        if (!trackers.contains(tracker)) {
            return "there is no tracker with id " + tracker + " (any more)";
        }
        Long owner = owners.get(report.hashedAdvKey());
        return owner == null ? null : "its key belongs to the tracker with id " + owner + ", not " + tracker;
    }

    /** The tracker whose report this is, or null if it is nobody's yet. */
    Long ownerOf(NewReport report) {
        return report.trackerId().isPresent()
                ? (Long) report.trackerId().getAsLong()
                : owners.get(report.hashedAdvKey());
    }

    /** Also true of a report that names no tracker. */
    private boolean isKeyOfItsTracker(NewReport report) {
        return report.trackerId().isEmpty()
                || Long.valueOf(report.trackerId().getAsLong()).equals(owners.get(report.hashedAdvKey()));
    }

    private void holdKeys(Collection<String> keys) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT hashed_adv_key, tracker_id FROM tracker_keys"
                        + " WHERE hashed_adv_key = ANY (?) ORDER BY hashed_adv_key COLLATE \"C\" FOR KEY SHARE")) {
            statement.setArray(1, connection.createArrayOf("text", keys.toArray()));
            readOwners(statement);
        }
    }

    private void holdTrackers(List<NewReport> reports) throws SQLException {
        Set<Long> ids = new TreeSet<>();
        for (NewReport report : reports) {
            if (!isKeyOfItsTracker(report)) {
                ids.add(report.trackerId().getAsLong());
            }
        }
        if (ids.isEmpty()) {
            return;
        }
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT id FROM trackers WHERE id = ANY (?) ORDER BY id FOR KEY SHARE")) {
            statement.setArray(1, connection.createArrayOf("bigint", ids.toArray()));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    trackers.add(row.getLong(1));
                }
            }
        }
    }

    private void registerKeys(List<NewReport> reports) throws SQLException {
        Map<String, Long> missing = new TreeMap<>();
        for (NewReport report : reports) {
            if (!owners.containsKey(report.hashedAdvKey())
                    && report.trackerId().isPresent()
                    && trackers.contains(report.trackerId().getAsLong())) {
                missing.putIfAbsent(report.hashedAdvKey(), report.trackerId().getAsLong());
            }
        }
        if (missing.isEmpty()) {
            return;
        }
        try (PreparedStatement statement =
                connection.prepareStatement("INSERT INTO tracker_keys SELECT * FROM unnest(?::text[], ?::bigint[])"
                        + " ON CONFLICT DO NOTHING RETURNING hashed_adv_key, tracker_id")) {
            statement.setArray(
                    1, connection.createArrayOf("text", missing.keySet().toArray()));
            statement.setArray(
                    2, connection.createArrayOf("bigint", missing.values().toArray()));
            readOwners(statement);
        }
        missing.keySet().removeAll(owners.keySet());
        if (!missing.isEmpty()) {
            // Somebody else registered these a moment ago.
            holdKeys(missing.keySet());
        }
    }

    private void readOwners(PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                owners.put(row.getString(1), row.getLong(2));
            }
        }
    }
}

package org.trackerreports.store.internal.report;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.trackerreports.store.internal.sql.Sql;
import org.trackerreports.store.internal.sql.Sql.ArrayOf;
import org.trackerreports.store.report.NewReport;

/**
 * The owners of the keys of some reports, locked until the end of the transaction, so that no tracker is removed while its reports are
 * written.
 *
 * <p>The locks are on the rows of the keys, because these are read anyway and many fit on a page, and whoever removes a tracker has to
 * remove its keys. The row of a tracker is locked only if the row of the key does not name it. Every transaction that locks both locks the
 * keys first, in the order of their characters, so that no deadlock can occur.
 */
final class KeyOwnership {

    private final Connection connection;
    private final Map<String, Long> owners = new HashMap<>();
    private final Set<Long> trackers = new HashSet<>();

    private KeyOwnership(Connection connection) {
        this.connection = connection;
    }

    /** Locks the keys of reports, and registers keys without an owner for the trackers of their reports. All keys must be well-formed. */
    static KeyOwnership lock(Connection connection, List<NewReport> reports) throws SQLException {
        KeyOwnership ownership = new KeyOwnership(connection);
        Set<String> keys = new HashSet<>();
        reports.forEach(report -> keys.add(report.hashedAdvKey()));
        ownership.lockKeys(keys);
        ownership.lockTrackers(reports);
        ownership.registerKeys(reports);
        return ownership;
    }

    /** Why this report cannot be stored for its tracker. */
    Optional<String> flawOf(NewReport report) {
        if (isKeyOfItsTracker(report)) {
            return Optional.empty();
        }
        long tracker = report.trackerId().getAsLong();
        if (!trackers.contains(tracker)) {
            return Optional.of("there is no tracker with id " + tracker + "; it may have been removed");
        }
        return Optional.ofNullable(owners.get(report.hashedAdvKey()))
                .map(owner -> "its key belongs to the tracker with id " + owner + ", not " + tracker);
    }

    /** The tracker of a report; empty if nobody owns its key yet. */
    OptionalLong ownerOf(NewReport report) {
        if (report.trackerId().isPresent()) {
            return report.trackerId();
        }
        Long owner = owners.get(report.hashedAdvKey());
        return owner == null ? OptionalLong.empty() : OptionalLong.of(owner);
    }

    /** Also true of a report that names no tracker. */
    private boolean isKeyOfItsTracker(NewReport report) {
        return report.trackerId().isEmpty()
                || Long.valueOf(report.trackerId().getAsLong()).equals(owners.get(report.hashedAdvKey()));
    }

    private void lockKeys(Collection<String> keys) throws SQLException {
        Sql.on(
                        connection,
                        "SELECT hashed_adv_key, tracker_id FROM tracker_keys"
                                + " WHERE hashed_adv_key = ANY (?) ORDER BY hashed_adv_key COLLATE \"C\" FOR KEY SHARE",
                        ArrayOf.texts(keys))
                .forEach(this::addOwner);
    }

    private void lockTrackers(List<NewReport> reports) throws SQLException {
        Set<Long> ids = new TreeSet<>();
        for (NewReport report : reports) {
            if (!isKeyOfItsTracker(report)) {
                ids.add(report.trackerId().getAsLong());
            }
        }
        if (!ids.isEmpty()) {
            Sql.on(
                            connection,
                            "SELECT id FROM trackers WHERE id = ANY (?) ORDER BY id FOR KEY SHARE",
                            ArrayOf.bigints(ids))
                    .forEach(row -> trackers.add(row.getLong(1)));
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
        Sql.on(
                        connection,
                        "INSERT INTO tracker_keys SELECT * FROM unnest(?::text[], ?::bigint[])"
                                + " ON CONFLICT DO NOTHING RETURNING hashed_adv_key, tracker_id",
                        ArrayOf.texts(missing.keySet()),
                        ArrayOf.bigints(missing.values()))
                .forEach(this::addOwner);
        missing.keySet().removeAll(owners.keySet());
        if (!missing.isEmpty()) {
            // Another transaction registered these keys a moment ago.
            lockKeys(missing.keySet());
        }
    }

    private void addOwner(ResultSet row) throws SQLException {
        owners.put(row.getString(1), row.getLong(2));
    }
}

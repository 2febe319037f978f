package org.trackerreports.store.internal.tracker;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.trackerreports.store.internal.sql.Sql;
import org.trackerreports.store.internal.sql.Sql.ArrayOf;
import org.trackerreports.store.tracker.Alignment;
import org.trackerreports.store.tracker.AlignmentUpdate;

/** Moves the alignments of trackers with rolling keys. They only move forward: an index that is too high would hide all later reports. */
public final class Alignments {

    private Alignments() {}

    /** Whether an alignment is after a stored one, in time and not back in index; the same rule as the statement's. */
    static boolean isForward(Optional<Alignment> stored, Alignment given) {
        return stored.isEmpty()
                || given.time().isAfter(stored.get().time())
                        && given.index() >= stored.get().index();
    }

    /** Stores those alignments that move forward. */
    public static void advance(Connection connection, Collection<AlignmentUpdate> updates) throws SQLException {
        if (updates.isEmpty()) {
            return;
        }
        Map<Long, Alignment> newest = new TreeMap<>();
        for (AlignmentUpdate update : updates) {
            newest.merge(
                    update.trackerId(),
                    update.alignment(),
                    (first, second) -> second.time().isAfter(first.time()) ? second : first);
        }
        List<String> times =
                newest.values().stream().map(a -> a.time().toString()).toList();
        List<Long> indexes = newest.values().stream().map(Alignment::index).toList();
        Sql.on(
                        connection,
                        "WITH locked AS (SELECT id FROM trackers WHERE id = ANY (?) ORDER BY id FOR NO KEY UPDATE)"
                                + " UPDATE trackers t SET alignment_time = a.time, alignment_index = a.index"
                                + " FROM unnest(?::bigint[], ?::text[]::timestamptz[], ?::bigint[]) AS a (id, time, index), locked"
                                + " WHERE t.id = a.id AND locked.id = t.id AND (t.alignment_time IS NULL"
                                + " OR (a.time > t.alignment_time AND a.index >= t.alignment_index))",
                        ArrayOf.bigints(newest.keySet()),
                        ArrayOf.bigints(newest.keySet()),
                        ArrayOf.texts(times),
                        ArrayOf.bigints(indexes))
                .update();
    }
}

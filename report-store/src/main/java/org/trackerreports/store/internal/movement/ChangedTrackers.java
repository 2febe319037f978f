package org.trackerreports.store.internal.movement;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.trackerreports.store.internal.inbox.Change;
import org.trackerreports.store.internal.inbox.FeedEntry;
import org.trackerreports.store.internal.sql.Sql;
import org.trackerreports.store.internal.sql.Sql.ArrayOf;

/** Which trackers have to be judged because of entries of the feed, and between which times. */
final class ChangedTrackers {

    private final SortedMap<Long, ChangedRange> ranges = new TreeMap<>();

    private ChangedTrackers() {}

    static Map<Long, ChangedRange> of(Connection connection, List<FeedEntry> entries) throws SQLException {
        ChangedTrackers changed = new ChangedTrackers();
        changed.addStored(
                connection,
                entries.stream()
                        .filter(entry -> entry.change() == Change.STORED)
                        .toList());
        entries.stream()
                .filter(entry -> entry.change() == Change.REVISED && !entry.judged())
                .forEach(changed::addRevised);
        return changed.ranges;
    }

    private void addStored(Connection connection, List<FeedEntry> entries) throws SQLException {
        if (entries.isEmpty()) {
            return;
        }
        Instant earliest = entries.stream()
                .map(entry -> entry.earliest().orElseThrow())
                .min(Instant::compareTo)
                .orElseThrow();
        Instant latest = entries.stream()
                .map(entry -> entry.latest().orElseThrow())
                .max(Instant::compareTo)
                .orElseThrow();
        Sql.on(
                        connection,
                        "SELECT tracker_id, min(\"timestamp\") AS earliest, max(\"timestamp\") AS latest,"
                                + " max(received_at) AS received FROM location_reports"
                                + " WHERE batch = ANY (?) AND \"timestamp\" BETWEEN ? AND ? AND tracker_id IS NOT NULL"
                                + " GROUP BY tracker_id",
                        ArrayOf.bigints(entries.stream().map(FeedEntry::batch).toList()),
                        earliest,
                        latest)
                .forEach(row -> add(
                        row.getLong("tracker_id"),
                        new ChangedRange(
                                Sql.instant(row, "earliest"),
                                Sql.instant(row, "latest"),
                                Sql.instant(row, "received"))));
    }

    private void addRevised(FeedEntry entry) {
        for (int item = 0; item < entry.items(); item++) {
            Instant time = entry.times().get(item);
            add(entry.trackers().get(item), new ChangedRange(time, time, Instant.EPOCH));
        }
    }

    private void add(long tracker, ChangedRange range) {
        ranges.merge(tracker, range, ChangedRange::and);
    }
}

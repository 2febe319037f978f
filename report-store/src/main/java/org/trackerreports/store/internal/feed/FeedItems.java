package org.trackerreports.store.internal.feed;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.trackerreports.store.feed.FeedItem;
import org.trackerreports.store.feed.FeedPlace;
import org.trackerreports.store.feed.FeedReading;
import org.trackerreports.store.feed.TrackerEvent;
import org.trackerreports.store.internal.inbox.Change;
import org.trackerreports.store.internal.inbox.FeedEntry;
import org.trackerreports.store.internal.place.TransitionRows;
import org.trackerreports.store.internal.report.ReportRows;
import org.trackerreports.store.internal.sql.Sql;
import org.trackerreports.store.internal.sql.Sql.ArrayOf;
import org.trackerreports.store.place.Transition;
import org.trackerreports.store.report.StoredReport;

/** Reads the items after a place. One use, in one snapshot. */
final class FeedItems {

    private record Revised(long trackerId, Instant time, UUID digest) {}

    private final Connection connection;
    private final FeedPlace after;
    private final int limit;
    private final long end;
    private final Map<Long, List<StoredReport>> stored = new HashMap<>();
    private final Map<Revised, StoredReport> revised = new HashMap<>();
    private final Map<UUID, Transition> transitions = new HashMap<>();
    private final Map<UUID, TrackerEvent> events = new HashMap<>();

    FeedItems(Connection connection, FeedPlace after, int limit, long end) {
        this.connection = connection;
        this.after = after;
        this.limit = limit;
        this.end = end;
    }

    FeedReading.Items read() throws SQLException {
        List<FeedEntry> entries = entries();
        loadStored(of(entries, Change.STORED));
        loadRevised(of(entries, Change.REVISED));
        loadByIds(
                of(entries, Change.TRANSITIONS),
                "place_transitions",
                TransitionRows::read,
                Transition::id,
                transitions);
        loadByIds(of(entries, Change.EVENTS), "tracker_events", TrackerEvents::read, TrackerEvent::id, events);
        List<FeedItem> items = new ArrayList<>();
        FeedPlace next = after;
        for (FeedEntry entry : entries) {
            int first = entry.position() == after.position() ? after.item() : 0;
            for (int item = first + 1; item <= entry.items() && items.size() < limit; item++) {
                FeedPlace place = new FeedPlace(entry.position(), item);
                itemOf(entry, place).ifPresent(items::add);
                next = place;
            }
            if (items.size() >= limit) {
                break;
            }
        }
        return new FeedReading.Items(items, next);
    }

    private List<FeedEntry> entries() throws SQLException {
        List<FeedEntry> entries = new ArrayList<>();
        long left = limit;
        for (FeedEntry begun : FeedEntry.at(connection, after.position())) {
            if (begun.items() > after.item()) {
                entries.add(begun);
                left -= begun.items() - after.item();
            }
        }
        if (left > 0) {
            entries.addAll(FeedEntry.after(connection, after.position(), end, left));
        }
        return entries;
    }

    private static List<FeedEntry> of(List<FeedEntry> entries, Change change) {
        return entries.stream().filter(entry -> entry.change() == change).toList();
    }

    /** An item whose subject was removed is left out. */
    private Optional<FeedItem> itemOf(FeedEntry entry, FeedPlace place) {
        int index = place.item() - 1;
        return switch (entry.change()) {
            case STORED -> {
                List<StoredReport> reports = stored.getOrDefault(entry.batch(), List.of());
                yield index < reports.size()
                        ? Optional.of(new FeedItem.OfReport(place, Math.abs(entry.batch()), false, reports.get(index)))
                        : Optional.empty();
            }
            case REVISED ->
                Optional.ofNullable(revised.get(new Revised(
                                entry.trackers().get(index),
                                entry.times().get(index),
                                entry.ids().get(index))))
                        .map(report -> new FeedItem.OfReport(place, entry.batch(), true, report));
            case TRANSITIONS ->
                Optional.ofNullable(transitions.get(entry.ids().get(index)))
                        .map(transition -> new FeedItem.OfTransition(
                                place, transition.asOf(entry.revisions().get(index))));
            case TRACKERS ->
                Optional.of(new FeedItem.OfTracker(place, entry.trackers().get(index)));
            case EVENTS ->
                Optional.ofNullable(events.get(entry.ids().get(index)))
                        .map(event -> new FeedItem.OfEvent(place, event));
        };
    }

    private void loadStored(List<FeedEntry> entries) throws SQLException {
        if (entries.isEmpty()) {
            return;
        }
        Instant earliest = entries.stream()
                .map(e -> e.earliest().orElseThrow())
                .min(Instant::compareTo)
                .orElseThrow();
        Instant latest = entries.stream()
                .map(e -> e.latest().orElseThrow())
                .max(Instant::compareTo)
                .orElseThrow();
        // The times let TimescaleDB look into few chunks.
        Sql.on(
                        connection,
                        "SELECT " + ReportRows.COLUMNS + ", r.batch FROM location_reports r WHERE r.batch = ANY (?)"
                                + " AND r.\"timestamp\" BETWEEN ? AND ? ORDER BY r.batch, r.\"timestamp\", r.digest, r.hashed_adv_key",
                        ArrayOf.bigints(entries.stream().map(FeedEntry::batch).toList()),
                        earliest,
                        latest)
                .forEach(row -> stored.computeIfAbsent(row.getLong("batch"), batch -> new ArrayList<>())
                        .add(ReportRows.read(row)));
    }

    private void loadRevised(List<FeedEntry> entries) throws SQLException {
        if (entries.isEmpty()) {
            return;
        }
        Sql.on(
                        connection,
                        "SELECT " + ReportRows.COLUMNS + " FROM unnest(?::bigint[], ?::timestamptz[], ?::uuid[])"
                                + " AS v (tracker_id, time, digest) JOIN location_reports r"
                                + " ON r.tracker_id = v.tracker_id AND r.\"timestamp\" = v.time AND r.digest = v.digest",
                        ArrayOf.bigints(entries.stream()
                                .flatMap(e -> e.trackers().stream())
                                .toList()),
                        ArrayOf.times(entries.stream()
                                .flatMap(e -> e.times().stream())
                                .toList()),
                        ArrayOf.uuids(
                                entries.stream().flatMap(e -> e.ids().stream()).toList()))
                .forEach(row -> {
                    StoredReport report = ReportRows.read(row);
                    revised.put(
                            new Revised(report.trackerId().getAsLong(), report.timestamp(), report.digest()), report);
                });
    }

    private <T> void loadByIds(
            List<FeedEntry> entries, String table, Sql.RowMapper<T> mapper, Function<T, UUID> id, Map<UUID, T> loaded)
            throws SQLException {
        List<UUID> ids = entries.stream().flatMap(entry -> entry.ids().stream()).toList();
        if (!ids.isEmpty()) {
            Sql.on(connection, "SELECT * FROM " + table + " WHERE id = ANY (?)", ArrayOf.uuids(ids))
                    .forEach(row -> {
                        T value = mapper.map(row);
                        loaded.put(id.apply(value), value);
                    });
        }
    }
}

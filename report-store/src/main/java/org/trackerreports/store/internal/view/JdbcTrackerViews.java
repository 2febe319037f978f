package org.trackerreports.store.internal.view;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.trackerreports.store.feed.Feed;
import org.trackerreports.store.history.GeoBox;
import org.trackerreports.store.internal.history.PlaceQueries;
import org.trackerreports.store.internal.sql.Database;
import org.trackerreports.store.internal.sql.Sql;
import org.trackerreports.store.internal.sql.Sql.ArrayOf;
import org.trackerreports.store.report.Payload;
import org.trackerreports.store.view.Cluster;
import org.trackerreports.store.view.KeyPayload;
import org.trackerreports.store.view.LabelCount;
import org.trackerreports.store.view.PositionTaker;
import org.trackerreports.store.view.PositionsRead;
import org.trackerreports.store.view.TrackerOrder;
import org.trackerreports.store.view.TrackerSelection;
import org.trackerreports.store.view.TrackerView;
import org.trackerreports.store.view.TrackerViews;

/** Views of trackers in PostgreSQL. */
public record JdbcTrackerViews(Database database) implements TrackerViews {

    private static final GeoBox WORLD = new GeoBox(-90, -180, 90, 180);

    @Override
    public List<TrackerView> list(TrackerSelection selection, TrackerOrder order, int limit) {
        List<@Nullable Object> parameters = ViewQuery.parameters(selection);
        String condition = ViewQuery.condition(selection);
        String rest;
        if (order instanceof TrackerOrder.ByName byName) {
            rest = " AND t.name > ? ORDER BY t.name LIMIT ?";
            parameters.add(byName.after());
        } else {
            Optional<TrackerOrder.Newest.Place> after = ((TrackerOrder.Newest) order).after();
            rest = newest(after, parameters) + " ORDER BY r.\"timestamp\" DESC NULLS LAST, t.id DESC LIMIT ?";
        }
        parameters.add(limit);
        return read("list trackers", ViewQuery.all(condition, rest, parameters));
    }

    private static String newest(Optional<TrackerOrder.Newest.Place> after, List<@Nullable Object> parameters) {
        if (after.isEmpty()) {
            return "";
        }
        Optional<Instant> seen = after.get().seen();
        if (seen.isEmpty()) {
            parameters.add(after.get().trackerId());
            return " AND r.\"timestamp\" IS NULL AND t.id < ?";
        }
        parameters.addAll(List.of(seen.get(), after.get().trackerId()));
        return " AND (r.\"timestamp\" IS NULL OR (r.\"timestamp\", t.id) < (?, ?))";
    }

    private List<TrackerView> read(String purpose, ViewQuery query) {
        return database.session(purpose, query::list);
    }

    @Override
    public long count(TrackerSelection selection) {
        return database.session(
                "count trackers",
                connection -> Sql.on(
                                connection,
                                "SELECT count(*) FROM trackers t WHERE " + ViewQuery.condition(selection),
                                ViewQuery.parameters(selection).toArray())
                        .one(row -> row.getLong(1)));
    }

    @Override
    public Optional<TrackerView> find(long id, Map<String, String> labels) {
        TrackerSelection selection = TrackerSelection.of(labels);
        List<@Nullable Object> parameters = ViewQuery.parameters(selection);
        parameters.add(id);
        return read("find a tracker", ViewQuery.all(ViewQuery.condition(selection), " AND t.id = ?", parameters))
                .stream()
                .findFirst();
    }

    @Override
    public List<TrackerView> findAll(Collection<Long> ids) {
        List<@Nullable Object> parameters = new ArrayList<>();
        parameters.add(ArrayOf.bigints(ids));
        return read("find trackers", ViewQuery.all("t.id = ANY (?)", " ORDER BY t.id", parameters));
    }

    @Override
    public List<TrackerView> in(GeoBox box, TrackerSelection selection, int limit) {
        List<@Nullable Object> parameters = ViewQuery.parameters(selection);
        String condition = ViewQuery.condition(selection) + inBox(box, parameters);
        parameters.add(limit);
        return read("read the positions in a box", ViewQuery.positioned(condition, " LIMIT ?", parameters));
    }

    /** The index helps only if the box leaves something out. */
    private static String inBox(GeoBox box, List<@Nullable Object> parameters) {
        if (box.equals(WORLD)) {
            return "";
        }
        parameters.addAll(PlaceQueries.sides(box));
        return " AND " + PlaceQueries.IN_SIDES;
    }

    @Override
    public List<Cluster> clusters(GeoBox box, TrackerSelection selection, double cellDegrees) {
        if (!(cellDegrees > 0)) {
            throw new IllegalArgumentException("the side of a cell is more than 0 degrees");
        }
        List<@Nullable Object> parameters = new ArrayList<>(ViewQuery.parameters(selection));
        String trackers = selection.isAll() ? "" : " JOIN trackers t ON t.id = r.tracker_id";
        String condition = ViewQuery.condition(selection) + inBox(box, parameters);
        // As numbers in the text, so that the same expressions are recognized when they are grouped.
        String cell = Double.toString(cellDegrees);
        return database.session(
                "group the positions in a box",
                connection -> Sql.on(
                                connection,
                                "SELECT count(*) AS trackers, min(latitude) AS south, min(longitude) AS west, max(latitude) AS north,"
                                        + " max(longitude) AS east, max(\"timestamp\") AS newest"
                                        + " FROM (SELECT location_latitude(r.location) AS latitude, location_longitude(r.location) AS longitude,"
                                        + " r.\"timestamp\" FROM latest_positions r" + trackers + " WHERE " + condition
                                        + ") p"
                                        + " GROUP BY floor(latitude / " + cell + "), floor(longitude / " + cell + ")",
                                parameters.toArray())
                        .list(JdbcTrackerViews::cluster));
    }

    private static Cluster cluster(ResultSet row) throws SQLException {
        return new Cluster(
                row.getLong("trackers"),
                new GeoBox(
                        row.getDouble("south"), row.getDouble("west"), row.getDouble("north"), row.getDouble("east")),
                Sql.instant(row, "newest"));
    }

    @Override
    public Optional<PositionsRead> allPositions(int least, PositionTaker taker) {
        return database.snapshot(
                "read all latest positions", connection -> new PositionChanges(connection).all(least, taker));
    }

    @Override
    public Optional<PositionsRead> changedPositions(PositionsRead since, PositionTaker taker) {
        return database.snapshot(
                "read latest positions that changed",
                connection -> new PositionChanges(connection).since(since, taker));
    }

    @Override
    public List<LabelCount> labels(TrackerSelection selection, Optional<LabelCount> after, int limit) {
        List<@Nullable Object> parameters = ViewQuery.parameters(selection);
        after.ifPresent(last -> parameters.addAll(List.of(-last.trackers(), last.name(), last.value())));
        parameters.add(limit);
        return database.session(
                "count labels",
                connection -> Sql.on(
                                connection,
                                "SELECT l.key, l.value, count(*) AS trackers FROM trackers t CROSS JOIN LATERAL jsonb_each_text(t.labels) l"
                                        + " WHERE " + ViewQuery.condition(selection)
                                        + " GROUP BY 1, 2"
                                        + (after.isEmpty() ? "" : " HAVING (-count(*), l.key, l.value) > (?, ?, ?)")
                                        + " ORDER BY 3 DESC, 1, 2 LIMIT ?",
                                parameters.toArray())
                        .list(row ->
                                new LabelCount(row.getString("key"), row.getString("value"), row.getLong("trackers"))));
    }

    @Override
    public String version() {
        // An entry of the inbox leaves it in the transaction that puts it into the feed. So with the same end of the
        // feed, the inbox
        // only grows.
        return database.session(
                "look for changes",
                connection -> Sql.on(connection, """
                                SELECT concat_ws('-',
                                       (SELECT max("position") FROM report_feed), (SELECT count(*) FROM report_inbox),
                                       (SELECT concat_ws('.', "position", item) FROM feed_cursors WHERE consumer = ?),
                                       (SELECT value FROM store_settings WHERE name = 'feed_floor'),
                                       (SELECT concat_ws('.', count(*), max(id), extract(epoch FROM max(changed_at))) FROM places),
                                       (SELECT count(*) FROM movement_due WHERE reason = 'stored before'))""", Feed.JUDGE).one(row -> row.getString(1)));
    }

    @Override
    public List<KeyPayload> payloads(Collection<String> keys, Map<String, String> labels, Instant after, int limit) {
        TrackerSelection selection = TrackerSelection.of(labels);
        List<@Nullable Object> parameters = new ArrayList<>(List.of(ArrayOf.texts(keys), after, limit));
        parameters.addAll(ViewQuery.parameters(selection));
        return database.session(
                "read payloads",
                connection -> Sql.on(
                                connection,
                                "SELECT k.hashed_adv_key, r.\"timestamp\", r.payload FROM tracker_keys k"
                                        + " JOIN (SELECT DISTINCT unnest(?::text[]) AS asked) a ON a.asked = k.hashed_adv_key"
                                        + " JOIN trackers t ON t.id = k.tracker_id"
                                        + " CROSS JOIN LATERAL (SELECT r.\"timestamp\", r.payload FROM location_reports r"
                                        + " WHERE r.hashed_adv_key = k.hashed_adv_key AND r.payload IS NOT NULL AND r.\"timestamp\" > ?"
                                        + " ORDER BY r.\"timestamp\" DESC, r.digest LIMIT ?) r"
                                        + " WHERE " + ViewQuery.condition(selection)
                                        + " ORDER BY r.\"timestamp\" DESC, k.hashed_adv_key, r.payload",
                                parameters.toArray())
                        .list(row -> new KeyPayload(
                                row.getString("hashed_adv_key"),
                                Sql.instant(row, "timestamp"),
                                Payload.of(row.getBytes("payload")))));
    }
}

package org.trackerreports.store.internal.history;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.trackerreports.store.error.UnknownTrackerException;
import org.trackerreports.store.history.Coverage;
import org.trackerreports.store.history.FlagFilter;
import org.trackerreports.store.history.GeoBox;
import org.trackerreports.store.history.History;
import org.trackerreports.store.history.HistoryBucket;
import org.trackerreports.store.history.HistoryQuery;
import org.trackerreports.store.history.LatestPosition;
import org.trackerreports.store.history.LeftOutReports;
import org.trackerreports.store.history.NearbyReport;
import org.trackerreports.store.history.ReportPlace;
import org.trackerreports.store.history.StoreCounts;
import org.trackerreports.store.internal.report.ReportRows;
import org.trackerreports.store.internal.sql.Database;
import org.trackerreports.store.internal.sql.Sql;
import org.trackerreports.store.internal.sql.Sql.ArrayOf;
import org.trackerreports.store.report.Position;
import org.trackerreports.store.report.StoredReport;

/** The history in PostgreSQL. */
public record JdbcHistory(Database database, HistoryRefresh historyRefresh) implements History {

    private static final int FETCH_SIZE = 2_000;

    @Override
    public List<LatestPosition> latest() {
        return latestWhere(LatestQuery.all());
    }

    @Override
    public List<LatestPosition> latest(Collection<Long> trackerIds) {
        return latestWhere(LatestQuery.of(trackerIds));
    }

    @Override
    public List<LatestPosition> latest(Collection<Long> trackerIds, int minimumConfidence, FlagFilter flags) {
        return latestWhere(LatestQuery.of(trackerIds).with(minimumConfidence, flags));
    }

    @Override
    public List<LatestPosition> latest(Map<String, String> labels) {
        return latestWhere(LatestQuery.of(labels));
    }

    @Override
    public List<LatestPosition> latestPage(String afterName, int limit) {
        return latestWhere(LatestQuery.page(afterName, limit));
    }

    @Override
    public List<LatestPosition> latestIn(GeoBox box, int limit) {
        return latestWhere(LatestQuery.in(box, limit));
    }

    private List<LatestPosition> latestWhere(LatestQuery query) {
        return database.session("read the latest positions", query::list);
    }

    @Override
    public List<StoredReport> reports(HistoryQuery query) {
        return collect(consumer -> forEachReport(query, consumer));
    }

    @Override
    public List<StoredReport> reportPage(HistoryQuery query, Optional<ReportPlace> after, int limit) {
        if (query.trackerIds().size() != 1 || limit < 1) {
            throw new IllegalArgumentException(
                    "a page needs a query for exactly one tracker, and a limit of 1 or more");
        }
        List<Object> parameters = new ArrayList<>(List.of(parameters(query)));
        after.ifPresent(place ->
                parameters.addAll(List.of(place.timestamp(), place.timestamp(), place.digest(), place.hashedAdvKey())));
        parameters.add(limit);
        String condition = after.isEmpty()
                ? ""
                // The first condition alone uses the index.
                : " AND r.\"timestamp\" >= ? AND (r.\"timestamp\", r.digest, r.hashed_adv_key) > (?, ?, ?)";
        return database.session("read reports", connection -> {
            requireTrackers(connection, query.trackerIds());
            return Sql.on(
                            connection,
                            "SELECT " + ReportRows.COLUMNS + range(query) + " AND r.confidence >= ?"
                                    + ReportRows.condition(query.flags()) + condition
                                    + " ORDER BY r.\"timestamp\", r.digest, r.hashed_adv_key LIMIT ?",
                            parameters.toArray())
                    .list(ReportRows::read);
        });
    }

    @Override
    public List<HistoryBucket> hours(HistoryQuery query) {
        return collect(consumer -> forEachHour(query, consumer));
    }

    @Override
    public List<HistoryBucket> days(HistoryQuery query) {
        return collect(consumer -> forEachDay(query, consumer));
    }

    @Override
    public List<HistoryBucket> hours(HistoryQuery query, int limit) {
        return collect(consumer ->
                forEachBucket("read hours", new BucketQuery(query, ChronoUnit.HOURS).first(limit), query, consumer));
    }

    @Override
    public List<HistoryBucket> days(HistoryQuery query, int limit) {
        return collect(consumer ->
                forEachBucket("read days", new BucketQuery(query, ChronoUnit.DAYS).first(limit), query, consumer));
    }

    private static <T> List<T> collect(Consumer<Consumer<T>> stream) {
        List<T> all = new ArrayList<>();
        stream.accept(all::add);
        return all;
    }

    @Override
    public void forEachReport(HistoryQuery query, Consumer<StoredReport> consumer) {
        stream("read reports", query, connection -> reportQuery(connection, query), ReportRows::read, consumer);
    }

    @Override
    public void forEachHour(HistoryQuery query, Consumer<HistoryBucket> consumer) {
        forEachBucket("read hours", new BucketQuery(query, ChronoUnit.HOURS), query, consumer);
    }

    @Override
    public void forEachDay(HistoryQuery query, Consumer<HistoryBucket> consumer) {
        forEachBucket("read days", new BucketQuery(query, ChronoUnit.DAYS), query, consumer);
    }

    private void forEachBucket(
            String purpose, BucketQuery buckets, HistoryQuery query, Consumer<HistoryBucket> consumer) {
        stream(purpose, query, buckets::on, buckets::read, consumer);
    }

    private <T> void stream(
            String purpose,
            HistoryQuery query,
            Database.Work<Sql> prepared,
            Sql.RowMapper<T> mapper,
            Consumer<T> consumer) {
        database.inTransaction(purpose, connection -> {
            requireTrackers(connection, query.trackerIds());
            prepared.on(connection).fetchSize(FETCH_SIZE).forEach(row -> consumer.accept(mapper.map(row)));
        });
    }

    private record LeftOut(int confidence, boolean byFlags, long reports) {}

    @Override
    public LeftOutReports leftOut(HistoryQuery query) {
        List<LeftOut> rows = database.session("count what is left out", connection -> {
            requireTrackers(connection, query.trackerIds());
            return leftOutQuery(connection, query)
                    .list(row -> new LeftOut(row.getInt(1), row.getBoolean(2), row.getLong(3)));
        });
        SortedMap<Integer, Long> lessCertain = new TreeMap<>();
        rows.stream().filter(row -> !row.byFlags()).forEach(row -> lessCertain.put(row.confidence(), row.reports()));
        long flagged = rows.stream()
                .filter(row -> row.byFlags() && row.confidence() >= query.minimumConfidence())
                .mapToLong(LeftOut::reports)
                .sum();
        return new LeftOutReports(lessCertain, flagged);
    }

    private static Sql leftOutQuery(Connection connection, HistoryQuery query) {
        String byFlags = "NOT (true" + ReportRows.condition(query.flags()) + ")";
        return Sql.on(
                connection,
                "SELECT r.confidence, " + byFlags + ", count(*)" + range(query) + " AND (r.confidence < ? OR " + byFlags
                        + ") GROUP BY 1, 2",
                parameters(query));
    }

    private static Sql reportQuery(Connection connection, HistoryQuery query) {
        return Sql.on(
                connection,
                "SELECT " + ReportRows.COLUMNS + range(query) + " AND r.confidence >= ?"
                        + ReportRows.condition(query.flags())
                        + " ORDER BY r.tracker_id, r.\"timestamp\", r.digest",
                parameters(query));
    }

    /** The reports with a position of the trackers and the range of a query, for its {@link #parameters}. */
    private static String range(HistoryQuery query) {
        return " FROM location_reports r WHERE "
                + (query.trackerIds().isEmpty() ? "r.tracker_id IS NOT NULL" : "r.tracker_id = ANY (?)")
                + " AND r.\"timestamp\" >= ? AND r.\"timestamp\" < ? AND r.location IS NOT NULL";
    }

    /** Those of {@link #range}, and the minimum confidence. */
    private static Object[] parameters(HistoryQuery query) {
        List<Object> parameters = new ArrayList<>();
        if (!query.trackerIds().isEmpty()) {
            parameters.add(ArrayOf.bigints(query.trackerIds()));
        }
        parameters.addAll(List.of(query.from(), query.to(), query.minimumConfidence()));
        return parameters.toArray();
    }

    @Override
    public List<NearbyReport> near(Position centre, double radiusMetres, HistoryQuery query, int limit) {
        if (!centre.isOnEarth() || !(radiusMetres > 0) || limit < 1) {
            throw new IllegalArgumentException("the latitude must be -90 to 90, the longitude -180 to 180,"
                    + " the radius more than 0 metres, and the limit 1 or more");
        }
        return database.session("look for reports near a place", connection -> {
            requireTrackers(connection, query.trackerIds());
            return PlaceQueries.near(connection, centre, radiusMetres, query, limit);
        });
    }

    @Override
    public List<StoredReport> inBox(GeoBox box, HistoryQuery query, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("the limit is " + limit + "; it must be 1 or more");
        }
        return database.session("look for reports in a box", connection -> {
            requireTrackers(connection, query.trackerIds());
            return PlaceQueries.inBox(connection, box, query, limit);
        });
    }

    @Override
    public Coverage coverage(HistoryQuery query, Duration minimumGap) {
        if (query.trackerIds().size() != 1) {
            throw new IllegalArgumentException("coverage needs a query for exactly one tracker");
        }
        if (minimumGap.compareTo(CoverageQuery.MIN_GAP) < 0) {
            throw new IllegalArgumentException("the minimum gap is " + minimumGap + "; it must be one hour or more");
        }
        return database.session("compute the coverage", connection -> {
            requireTrackers(connection, query.trackerIds());
            return new CoverageQuery(query, minimumGap).on(connection);
        });
    }

    @Override
    public StoreCounts counts(Instant receivedSince) {
        return database.session(
                "count trackers and reports",
                connection -> Sql.on(connection, """
                    SELECT (SELECT count(*) FROM trackers WHERE enabled), (SELECT count(*) FROM trackers WHERE NOT enabled),
                           count(*), count(undecryptable_reason), count(*) FILTER (WHERE cardinality(wrong_flags) > 0),
                           max(received_at) AS last_received
                      FROM location_reports WHERE received_at >= ?\
                    """, receivedSince)
                        .one(row -> new StoreCounts(
                                row.getLong(1),
                                row.getLong(2),
                                row.getLong(3),
                                row.getLong(4),
                                row.getLong(5),
                                Sql.optionalInstant(row, "last_received"))));
    }

    @Override
    public boolean refresh() {
        return historyRefresh.run();
    }

    @Override
    public boolean mayRefresh() {
        return database.session(
                "look who owns the tables",
                connection -> Sql.on(connection, """
                        SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = 'trackers'::regclass""").one(row -> row.getBoolean(1)));
    }

    private static void requireTrackers(Connection connection, Set<Long> ids) throws SQLException {
        if (ids.isEmpty()) {
            return;
        }
        Set<Long> unknown = new HashSet<>(ids);
        Sql.on(connection, "SELECT id FROM trackers WHERE id = ANY (?)", ArrayOf.bigints(ids))
                .forEach(row -> unknown.remove(row.getLong(1)));
        if (!unknown.isEmpty()) {
            throw new UnknownTrackerException(unknown.iterator().next());
        }
    }
}

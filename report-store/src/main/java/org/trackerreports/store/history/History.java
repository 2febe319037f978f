package org.trackerreports.store.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
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
import java.util.function.Consumer;
import org.trackerreports.store.error.UnknownTrackerException;
import org.trackerreports.store.report.Position;
import org.trackerreports.store.report.ReportRows;
import org.trackerreports.store.report.StoredReport;
import org.trackerreports.store.sql.Database;
import org.trackerreports.store.tracker.Labels;

/**
 * Answers where trackers are and were. Reports and latest positions are always up to date; hours and days are as of the last
 * {@link #refresh()}, where TimescaleDB adds the present hour or day by itself. Thread-safe.
 */
public final class History {

    private static final int FETCH_SIZE = 2_000;
    private static final String LATEST = """
            SELECT t.id, t.name, r."timestamp", location_latitude(r.location) AS latitude,
                   location_longitude(r.location) AS longitude, r.horizontal_accuracy, r.confidence, r.nearest_city,
                   r.received_at
              FROM trackers t
              CROSS JOIN LATERAL (SELECT * FROM location_reports
                                   WHERE tracker_id = t.id AND confidence >= ? AND location IS NOT NULL
                                   ORDER BY "timestamp" DESC, digest DESC LIMIT 1) r
            """;

    private final Database database;
    private final HistoryRefresh refresh;

    public History(Database database, HistoryRefresh refresh) {
        this.database = database;
        this.refresh = refresh;
    }

    /** The latest position of every tracker that has one, by name, of reports with confidence 2 or more. */
    public List<LatestPosition> latest() {
        return database.session("read the latest positions", connection -> {
            try (PreparedStatement statement = connection.prepareStatement(LATEST + "ORDER BY t.name")) {
                statement.setInt(1, HistoryQuery.DEFAULT_MINIMUM_CONFIDENCE);
                return readLatest(statement);
            }
        });
    }

    /** The latest positions of these trackers, by name, of reports with confidence 2 or more; those without one are left out. */
    public List<LatestPosition> latest(Collection<Long> trackerIds) {
        return latest(trackerIds, HistoryQuery.DEFAULT_MINIMUM_CONFIDENCE);
    }

    /** The latest positions of these trackers, by name, of reports with at least this confidence. */
    public List<LatestPosition> latest(Collection<Long> trackerIds, int minimumConfidence) {
        return database.session("read the latest positions", connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement(LATEST + "WHERE t.id = ANY (?) ORDER BY t.name")) {
                statement.setInt(1, minimumConfidence);
                statement.setArray(2, connection.createArrayOf("bigint", trackerIds.toArray()));
                return readLatest(statement);
            }
        });
    }

    /** The latest positions of the trackers that carry all of these labels, by name, of reports with confidence 2 or more. */
    public List<LatestPosition> latest(Map<String, String> labels) {
        return database.session("read the latest positions", connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement(LATEST + "WHERE t.labels @> ?::jsonb ORDER BY t.name")) {
                statement.setInt(1, HistoryQuery.DEFAULT_MINIMUM_CONFIDENCE);
                statement.setString(2, Labels.toJson(labels));
                return readLatest(statement);
            }
        });
    }

    /**
     * The reports with a position, by tracker and time.
     *
     * @throws UnknownTrackerException when one of the trackers is not there
     */
    public List<StoredReport> reports(HistoryQuery query) {
        return collect(consumer -> forEachReport(query, consumer));
    }

    /**
     * The hours that the range touches, each whole, by tracker and time; hours without a report are left out. In zones that
     * differ from UTC by parts of an hour it reaches back only as far as reports are kept.
     *
     * @throws UnknownTrackerException when one of the trackers is not there
     */
    public List<HistoryBucket> hours(HistoryQuery query) {
        return collect(consumer -> forEachHour(query, consumer));
    }

    /**
     * The days that the range touches, each whole, by tracker and time; days without a report are left out. In zones other than
     * UTC it reaches back only as far as hours are kept, and in zones that differ from UTC by parts of an hour only as far as
     * reports are kept.
     *
     * @throws UnknownTrackerException when one of the trackers is not there
     */
    public List<HistoryBucket> days(HistoryQuery query) {
        return collect(consumer -> forEachDay(query, consumer));
    }

    /** As {@link #reports}, passing one by one without holding them all in memory. */
    public void forEachReport(HistoryQuery query, Consumer<StoredReport> consumer) {
        stream("read reports", query, connection -> prepareReports(connection, query), ReportRows::read, consumer);
    }

    /** As {@link #hours}, passing one by one without holding them all in memory. */
    public void forEachHour(HistoryQuery query, Consumer<HistoryBucket> consumer) {
        stream("read hours", query, new BucketQuery(query, ChronoUnit.HOURS)::prepare, BucketQuery::read, consumer);
    }

    /** As {@link #days}, passing one by one without holding them all in memory. */
    public void forEachDay(HistoryQuery query, Consumer<HistoryBucket> consumer) {
        stream("read days", query, new BucketQuery(query, ChronoUnit.DAYS)::prepare, BucketQuery::read, consumer);
    }

    /**
     * The reports within a distance of a place, nearest first.
     *
     * @param radiusMetres more than 0
     * @param limit at most so many, 1 or more
     */
    public List<NearbyReport> near(Position centre, double radiusMetres, HistoryQuery query, int limit) {
        if (!centre.isOnEarth() || !(radiusMetres > 0) || limit < 1) {
            throw new IllegalArgumentException("expected a latitude of -90 to 90, a longitude of -180 to 180,"
                    + " a radius of more than 0 metres and a limit of 1 or more");
        }
        return database.session("look for reports near a place", connection -> {
            requireTrackers(connection, query.trackerIds());
            return PlaceQueries.near(connection, centre, radiusMetres, query, limit);
        });
    }

    /**
     * The reports inside a box, its borders included, newest first.
     *
     * @param limit at most so many, 1 or more
     */
    public List<StoredReport> inBox(GeoBox box, HistoryQuery query, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit " + limit + "; expected 1 or more");
        }
        return database.session("look for reports in a box", connection -> {
            requireTrackers(connection, query.trackerIds());
            return PlaceQueries.inBox(connection, box, query, limit);
        });
    }

    /**
     * How well one tracker was seen.
     *
     * @param query names exactly one tracker; its zone says which days are counted, hours are those of UTC
     * @param shortestGap gaps of at least this length are listed; an hour or more
     * @throws UnknownTrackerException when the tracker is not there
     */
    public Coverage coverage(HistoryQuery query, Duration shortestGap) {
        if (query.trackerIds().size() != 1) {
            throw new IllegalArgumentException("coverage is asked for one tracker at a time");
        }
        if (shortestGap.compareTo(CoverageQuery.SHORTEST_GAP) < 0) {
            throw new IllegalArgumentException("shortest gap " + shortestGap + "; expected an hour or more");
        }
        return database.session("work out coverage", connection -> {
            requireTrackers(connection, query.trackerIds());
            return CoverageQuery.ask(connection, query.inUtc(), query.zone(), shortestGap);
        });
    }

    /** Counts trackers, and the reports received since an instant. */
    public StoreCounts counts(Instant receivedSince) {
        return database.session("count", connection -> {
            try (PreparedStatement statement = connection.prepareStatement("""
                    SELECT (SELECT count(*) FROM trackers WHERE enabled), (SELECT count(*) FROM trackers WHERE NOT enabled),
                           count(*), count(undecryptable_reason), count(*) FILTER (WHERE cardinality(marks) > 0),
                           max(received_at) AS last_received
                      FROM location_reports WHERE received_at >= ?""")) {
                statement.setObject(1, Database.utc(receivedSince));
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    return new StoreCounts(
                            row.getLong(1),
                            row.getLong(2),
                            row.getLong(3),
                            row.getLong(4),
                            row.getLong(5),
                            Optional.ofNullable(Database.instant(row, "last_received")));
                }
            }
        });
    }

    /**
     * Brings hours and days up to date, also where late reports came for days long past. Its cost depends on what came since the
     * last time, not on how much is stored. To be called every few minutes, by any number of instances.
     *
     * @return false when another instance is doing it right now
     */
    public boolean refresh() {
        return refresh.run();
    }

    private interface Preparation {
        PreparedStatement on(Connection connection) throws SQLException;
    }

    private interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> void stream(
            String purpose, HistoryQuery query, Preparation preparation, RowReader<T> reader, Consumer<T> consumer) {
        database.transaction(purpose, connection -> {
            requireTrackers(connection, query.trackerIds());
            try (PreparedStatement statement = preparation.on(connection)) {
                statement.setFetchSize(FETCH_SIZE);
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        consumer.accept(reader.read(row));
                    }
                }
                return null;
            }
        });
    }

    private static <T> List<T> collect(Consumer<Consumer<T>> stream) {
        List<T> all = new ArrayList<>();
        stream.accept(all::add);
        return all;
    }

    private static PreparedStatement prepareReports(Connection connection, HistoryQuery query) throws SQLException {
        PreparedStatement statement = connection.prepareStatement("SELECT " + ReportRows.COLUMNS
                + " FROM location_reports r WHERE "
                + (query.trackerIds().isEmpty() ? "r.tracker_id IS NOT NULL" : "r.tracker_id = ANY (?)")
                + " AND r.\"timestamp\" >= ? AND r.\"timestamp\" < ? AND r.confidence >= ? AND r.location IS NOT NULL"
                + (query.withMarked() ? "" : " AND cardinality(r.marks) = 0")
                + " ORDER BY r.tracker_id, r.\"timestamp\", r.digest");
        int next = 1;
        if (!query.trackerIds().isEmpty()) {
            statement.setArray(
                    next++,
                    connection.createArrayOf("bigint", query.trackerIds().toArray()));
        }
        statement.setObject(next++, Database.utc(query.from()));
        statement.setObject(next++, Database.utc(query.to()));
        statement.setInt(next, query.minimumConfidence());
        return statement;
    }

    private static void requireTrackers(Connection connection, Set<Long> ids) throws SQLException {
        Set<Long> unknown = new HashSet<>(ids);
        if (unknown.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement("SELECT id FROM trackers WHERE id = ANY (?)")) {
            statement.setArray(1, connection.createArrayOf("bigint", ids.toArray()));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    unknown.remove(row.getLong(1));
                }
            }
        }
        if (!unknown.isEmpty()) {
            throw new UnknownTrackerException(unknown.iterator().next());
        }
    }

    private static List<LatestPosition> readLatest(PreparedStatement statement) throws SQLException {
        List<LatestPosition> positions = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                positions.add(new LatestPosition(
                        row.getLong("id"),
                        row.getString("name"),
                        Database.instant(row, "timestamp"),
                        row.getDouble("latitude"),
                        row.getDouble("longitude"),
                        ReportRows.accuracy(row),
                        row.getInt("confidence"),
                        Optional.ofNullable(row.getString("nearest_city")),
                        Database.instant(row, "received_at")));
            }
        }
        return positions;
    }
}

package org.trackerreports.store.internal.history;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.trackerreports.store.history.FlagFilter;
import org.trackerreports.store.history.GeoBox;
import org.trackerreports.store.history.HistoryQuery;
import org.trackerreports.store.history.LatestPosition;
import org.trackerreports.store.internal.feed.JdbcFeed;
import org.trackerreports.store.internal.movement.LatestPositions;
import org.trackerreports.store.internal.report.ReportRows;
import org.trackerreports.store.internal.sql.Sql;
import org.trackerreports.store.internal.sql.Sql.ArrayOf;
import org.trackerreports.store.internal.text.Labels;

/**
 * Reads latest positions: from their table while a process judges reports, and otherwise from the reports themselves.
 *
 * @param condition on t, a tracker, and r, its latest position
 * @param parameters of the condition
 * @param rest order and limit
 */
public record LatestQuery(
        String condition, List<@Nullable Object> parameters, String rest, int minimumConfidence, FlagFilter flags) {

    private static final String COLUMNS = """
            SELECT t.id, t.name, r."timestamp", location_latitude(r.location) AS latitude,
                   location_longitude(r.location) AS longitude, r.horizontal_accuracy, r.confidence, r.nearest_city,
                   r.uncertain_flags, r.received_at""";
    private static final String JUDGED = COLUMNS + """
            , '{}'::text[] AS wrong_flags FROM latest_positions r JOIN trackers t ON t.id = r.tracker_id WHERE""";
    private static final String FROM_REPORTS = COLUMNS + """
            , r.wrong_flags FROM trackers t
             CROSS JOIN LATERAL (SELECT * FROM location_reports r
                                  WHERE r.tracker_id = t.id AND r.confidence >= ? AND r.location IS NOT NULL %s
                                  ORDER BY\s""" + LatestPositions.NEWEST_FIRST + " LIMIT 1) r WHERE";
    private static final String BY_NAME = " ORDER BY t.name";

    private static LatestQuery where(String condition, String rest, @Nullable Object... parameters) {
        return new LatestQuery(
                condition,
                Arrays.asList(parameters),
                rest,
                HistoryQuery.DEFAULT_MINIMUM_CONFIDENCE,
                FlagFilter.WITHOUT);
    }

    static LatestQuery all() {
        return where("true", BY_NAME);
    }

    static LatestQuery of(Collection<Long> trackerIds) {
        return where("t.id = ANY (?)", BY_NAME, ArrayOf.bigints(trackerIds));
    }

    static LatestQuery of(Map<String, String> labels) {
        return where(Labels.condition("t.labels", labels), BY_NAME, Labels.forms(labels));
    }

    static LatestQuery page(String afterName, int limit) {
        return where("t.name > ?", BY_NAME + " LIMIT ?", afterName, limit);
    }

    static LatestQuery in(GeoBox box, int limit) {
        List<@Nullable Object> sides = new ArrayList<>(PlaceQueries.sides(box));
        sides.add(limit);
        return where(PlaceQueries.IN_SIDES, " LIMIT ?", sides.toArray());
    }

    LatestQuery with(int newMinimumConfidence, FlagFilter newFlags) {
        return new LatestQuery(condition, parameters, rest, newMinimumConfidence, newFlags);
    }

    List<LatestPosition> list(Connection connection) throws SQLException {
        if (flags == FlagFilter.WITHOUT
                && JdbcFeed.isJudged(connection)
                && LatestPositions.areComplete(connection, minimumConfidence)) {
            return Sql.on(connection, JUDGED + " " + condition + rest, parameters.toArray())
                    .list(LatestQuery::read);
        }
        List<@Nullable Object> all = new ArrayList<>(List.of(minimumConfidence));
        all.addAll(parameters);
        String sql = FROM_REPORTS.formatted(ReportRows.condition(flags)) + " " + condition + rest;
        return Sql.on(connection, sql, all.toArray()).list(LatestQuery::read);
    }

    /** Reads a row that has the columns of a latest position. */
    public static LatestPosition read(ResultSet row) throws SQLException {
        Set<String> flags = new TreeSet<>(ReportRows.flags(row, "wrong_flags"));
        flags.addAll(ReportRows.flags(row, "uncertain_flags"));
        return new LatestPosition(
                row.getLong("id"),
                row.getString("name"),
                Sql.instant(row, "timestamp"),
                row.getDouble("latitude"),
                row.getDouble("longitude"),
                Sql.optionalDouble(row, "horizontal_accuracy"),
                row.getInt("confidence"),
                Optional.ofNullable(row.getString("nearest_city")),
                flags,
                Sql.instant(row, "received_at"));
    }
}

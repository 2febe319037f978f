package org.trackerreports.store.internal.view;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.trackerreports.store.internal.feed.JdbcFeed;
import org.trackerreports.store.internal.history.LatestQuery;
import org.trackerreports.store.internal.inbox.MovementDue;
import org.trackerreports.store.internal.movement.LatestPositions;
import org.trackerreports.store.internal.sql.Sql;
import org.trackerreports.store.internal.text.Labels;
import org.trackerreports.store.view.TrackerSelection;
import org.trackerreports.store.view.TrackerView;

/**
 * Reads trackers with their latest positions: from the table of these while a process judges reports, and otherwise from the reports.
 *
 * @param join how a tracker gets its position: {@code LEFT} also without one
 * @param condition on t, a tracker, and r, its latest position
 * @param parameters of the condition and the rest
 * @param rest order and limit
 */
record ViewQuery(String join, String condition, List<@Nullable Object> parameters, String rest) {

    private static final String COLUMNS = """
            SELECT t.id, t.name, t.labels, t.enabled, t.created_at, r."timestamp", location_latitude(r.location) AS latitude,
                   location_longitude(r.location) AS longitude, r.horizontal_accuracy, r.confidence, r.nearest_city, r.uncertain_flags,
                   '{}'::text[] AS wrong_flags, r.received_at, c.battery, c.heard_at, c.silent_since
              FROM trackers t""";
    private static final String JUDGED = " %s JOIN latest_positions r ON r.tracker_id = t.id";
    private static final String FROM_REPORTS =
            " %s JOIN LATERAL (SELECT * FROM location_reports r WHERE r.tracker_id = t.id"
                    + " AND r.confidence >= %d AND r.location IS NOT NULL AND r.wrong_flags = '{}' ORDER BY "
                    + LatestPositions.NEWEST_FIRST
                    + " LIMIT 1) r ON true";
    private static final String CONDITIONS = " LEFT JOIN tracker_conditions c ON c.tracker_id = t.id WHERE ";

    static ViewQuery all(String condition, String rest, List<@Nullable Object> parameters) {
        return new ViewQuery("LEFT", condition, parameters, rest);
    }

    static ViewQuery positioned(String condition, String rest, List<@Nullable Object> parameters) {
        return new ViewQuery("INNER", condition, parameters, rest);
    }

    List<TrackerView> list(Connection connection) throws SQLException {
        boolean judged = JdbcFeed.isJudged(connection) && !MovementDue.anyStoredBefore(connection);
        String positions = judged
                ? JUDGED.formatted(join)
                : FROM_REPORTS.formatted(join, LatestPositions.minimumConfidence(connection));
        return Sql.on(connection, COLUMNS + positions + CONDITIONS + condition + rest, parameters.toArray())
                .list(ViewQuery::read);
    }

    private static TrackerView read(ResultSet row) throws SQLException {
        return new TrackerView(
                row.getLong("id"),
                row.getString("name"),
                Labels.fromJson(row.getString("labels")),
                row.getBoolean("enabled"),
                Sql.instant(row, "created_at"),
                row.getObject("timestamp") == null ? Optional.empty() : Optional.of(LatestQuery.read(row)),
                Optional.ofNullable(row.getString("battery")),
                Sql.optionalInstant(row, "heard_at"),
                Sql.optionalInstant(row, "silent_since"));
    }

    /** The condition that a tracker is selected, with {@link #parameters(TrackerSelection)}. */
    static String condition(TrackerSelection selection) {
        return (selection.labels().isEmpty() ? "true" : Labels.condition("t.labels", selection.labels()))
                + (selection.text().isEmpty() ? "" : " AND (t.name ILIKE ? OR t.labels::text ILIKE ?)");
    }

    static List<@Nullable Object> parameters(TrackerSelection selection) {
        List<@Nullable Object> parameters = new ArrayList<>();
        if (!selection.labels().isEmpty()) {
            parameters.addAll(Arrays.asList(Labels.forms(selection.labels())));
        }
        if (!selection.text().isEmpty()) {
            String pattern = "%" + selection.text().replaceAll("[\\\\%_]", "\\\\$0") + "%";
            parameters.addAll(List.of(pattern, pattern));
        }
        return parameters;
    }
}

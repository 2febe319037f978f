package org.trackerreports.store.internal.movement;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.trackerreports.store.internal.report.ReportRows;
import org.trackerreports.store.internal.sql.Sql;
import org.trackerreports.store.internal.sql.Sql.ArrayOf;
import org.trackerreports.store.report.StoredReport;

/** Reads the reports around a change. Reports without a position, or with one that is not on earth, are none of its business. */
final class WindowReader {

    /** The payload is not read: it is a third of a row, and nobody judges it. Nor are empty flags, which nearly all rows have. */
    private static final String COLUMNS = ReportRows.COLUMNS
                    .replace("r.payload", "NULL::bytea AS payload")
                    .replace("r.wrong_flags", "nullif(r.wrong_flags, '{}') AS wrong_flags")
            + ", r.batch";

    private static final String ON_EARTH =
            " AND r.location IS NOT NULL AND location_latitude(r.location) BETWEEN -90 AND 90"
                    + " AND location_longitude(r.location) BETWEEN -180 AND 180 ";
    private static final String AROUND =
            "SELECT t.id AS tracker, r.* FROM unnest(?::bigint[], ?::timestamptz[], ?::timestamptz[])"
                    + " AS t (id, earliest, latest) CROSS JOIN LATERAL ("
                    + "(SELECT " + COLUMNS + ", -1 AS side FROM location_reports r WHERE r.tracker_id = t.id"
                    + " AND r.\"timestamp\" < t.earliest" + ON_EARTH
                    + "ORDER BY r.\"timestamp\" DESC, r.digest DESC LIMIT ?)"
                    + " UNION ALL (SELECT " + COLUMNS + ", 0 AS side FROM location_reports r WHERE r.tracker_id = t.id"
                    + " AND r.\"timestamp\" BETWEEN t.earliest AND t.latest" + ON_EARTH + ")"
                    + " UNION ALL (SELECT " + COLUMNS + ", 1 AS side FROM location_reports r WHERE r.tracker_id = t.id"
                    + " AND r.\"timestamp\" > t.latest" + ON_EARTH + "ORDER BY r.\"timestamp\", r.digest LIMIT ?)) r"
                    + " ORDER BY r.\"timestamp\", r.digest";
    private static final String FROM = "SELECT " + COLUMNS + " FROM location_reports r WHERE r.tracker_id = ?"
            + " AND (r.\"timestamp\", r.digest) > (?, ?)" + ON_EARTH + "ORDER BY r.\"timestamp\", r.digest LIMIT ?";

    private final Connection connection;

    WindowReader(Connection connection) {
        this.connection = connection;
    }

    /** Reports in event order, and whether there are others before or after. */
    record Window(List<JudgedRow> rows, boolean fromBeginning, boolean toEnd) {}

    /** The reports of each tracker in its range, and so many before and after. */
    Map<Long, Window> around(Map<Long, ChangedRange> ranges, int margin) throws SQLException {
        Map<Long, List<JudgedRow>> rows = new HashMap<>();
        Map<Long, Integer> before = new HashMap<>();
        Map<Long, Integer> after = new HashMap<>();
        List<Long> ids = List.copyOf(ranges.keySet());
        Sql.on(
                        connection,
                        AROUND,
                        ArrayOf.bigints(ids),
                        ArrayOf.times(
                                ranges.values().stream().map(ChangedRange::from).toList()),
                        ArrayOf.times(
                                ranges.values().stream().map(ChangedRange::to).toList()),
                        margin,
                        margin)
                .forEach(row -> {
                    long tracker = row.getLong("tracker");
                    int side = row.getInt("side");
                    rows.computeIfAbsent(tracker, id -> new ArrayList<>()).add(read(row));
                    if (side != 0) {
                        (side < 0 ? before : after).merge(tracker, 1, Integer::sum);
                    }
                });
        Map<Long, Window> windows = new HashMap<>();
        for (long tracker : ids) {
            windows.put(
                    tracker,
                    new Window(
                            rows.getOrDefault(tracker, List.of()),
                            before.getOrDefault(tracker, 0) < margin,
                            after.getOrDefault(tracker, 0) < margin));
        }
        return windows;
    }

    /** The next reports of a tracker after one of them, in event order. */
    List<StoredReport> next(long tracker, Instant afterTime, UUID afterDigest, int limit) throws SQLException {
        return Sql.on(connection, FROM, tracker, afterTime, afterDigest, limit).list(ReportRows::read);
    }

    private static JudgedRow read(ResultSet row) throws SQLException {
        return new JudgedRow(ReportRows.read(row), Sql.optionalLong(row, "batch"));
    }

    /** Sorted reports of several trackers. */
    static List<StoredReport> reports(Collection<JudgedRow> rows) {
        return rows.stream().map(JudgedRow::report).toList();
    }
}

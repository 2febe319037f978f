package org.trackerreports.store.internal.movement;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.trackerreports.store.internal.report.ReportRows;
import org.trackerreports.store.internal.sql.Sql;
import org.trackerreports.store.internal.sql.Sql.ArrayOf;
import org.trackerreports.store.report.Position;
import org.trackerreports.store.report.StoredReport;

/**
 * Reads the reports around a change. The conditions of its queries are those that an index answers: the planner takes any other for one that
 * hardly a row meets, and then reads a tracker's whole history to find a dozen.
 */
final class WindowReader {

    /** Without what nobody judges: the payload is a third of a row. Nor are empty flags read, which nearly all rows have. */
    private static final String COLUMNS = ReportRows.COLUMNS
                    .replace("r.payload", "NULL::bytea AS payload")
                    .replace("r.nearest_city", "NULL::text AS nearest_city")
                    .replace("r.undecryptable_reason", "NULL::text AS undecryptable_reason")
                    .replace("r.wrong_flags", "nullif(r.wrong_flags, '{}') AS wrong_flags")
            + ", r.batch";

    /** Not ordered by digest, too: the index is not, and a sort costs more than the rows. */
    private static final String AROUND =
            "SELECT t.id AS tracker, r.* FROM unnest(?::bigint[], ?::timestamptz[], ?::timestamptz[])"
                    + " AS t (id, earliest, latest) CROSS JOIN LATERAL ("
                    + "(SELECT " + COLUMNS + ", -1 AS side FROM location_reports r WHERE r.tracker_id = t.id"
                    + " AND r.\"timestamp\" < t.earliest ORDER BY r.\"timestamp\" DESC LIMIT ?)"
                    + " UNION ALL (SELECT " + COLUMNS + ", 0 AS side FROM location_reports r WHERE r.tracker_id = t.id"
                    + " AND r.\"timestamp\" BETWEEN t.earliest AND t.latest)"
                    + " UNION ALL (SELECT " + COLUMNS + ", 1 AS side FROM location_reports r WHERE r.tracker_id = t.id"
                    + " AND r.\"timestamp\" > t.latest ORDER BY r.\"timestamp\" LIMIT ?)) r";

    private static final String FROM = "SELECT " + COLUMNS + " FROM location_reports r WHERE r.tracker_id = ?"
            + " AND (r.\"timestamp\", r.digest) > (?, ?) ORDER BY r.\"timestamp\", r.digest LIMIT ?";

    /** As PostgreSQL orders them: {@link UUID#compareTo} takes the halves for signed numbers. */
    private static final Comparator<JudgedRow> EVENT_ORDER = Comparator.comparing(
                    (JudgedRow row) -> row.report().timestamp())
            .thenComparing(row -> row.report().digest().getMostSignificantBits(), Long::compareUnsigned)
            .thenComparing(row -> row.report().digest().getLeastSignificantBits(), Long::compareUnsigned);

    private final Connection connection;

    WindowReader(Connection connection) {
        this.connection = connection;
    }

    /** Reports with a position on earth, in event order, and whether the tracker has no others before or after. */
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
                    JudgedRow read = new JudgedRow(ReportRows.read(row), Sql.optionalLong(row, "batch"));
                    if (isOnEarth(read.report())) {
                        rows.computeIfAbsent(tracker, id -> new ArrayList<>()).add(read);
                    }
                    if (side != 0) {
                        (side < 0 ? before : after).merge(tracker, 1, Integer::sum);
                    }
                });
        // Here, because a sort of all rows by the server does not fit into its memory.
        rows.values().forEach(ofTracker -> ofTracker.sort(EVENT_ORDER));
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

    /** The next reports of a tracker after one of them, in event order, also those without a position. */
    List<StoredReport> next(long tracker, Instant afterTime, UUID afterDigest, int limit) throws SQLException {
        return Sql.on(connection, FROM, tracker, afterTime, afterDigest, limit).list(ReportRows::read);
    }

    /** Others can be judged by nobody. */
    static boolean isOnEarth(StoredReport report) {
        return report.content().position().filter(Position::isOnEarth).isPresent();
    }

    /** Sorted reports of several trackers. */
    static List<StoredReport> reports(Collection<JudgedRow> rows) {
        return rows.stream().map(JudgedRow::report).toList();
    }
}

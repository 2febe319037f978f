package org.trackerreports.store.internal.report;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.trackerreports.store.history.FlagFilter;
import org.trackerreports.store.internal.sql.Sql;
import org.trackerreports.store.report.Payload;
import org.trackerreports.store.report.Position;
import org.trackerreports.store.report.ReportContent;
import org.trackerreports.store.report.StoredReport;

/** Reads rows of {@code location_reports}, selected by {@link #COLUMNS} with the alias r. */
public final class ReportRows {

    public static final String COLUMNS =
            "r.tracker_id, r.hashed_adv_key, r.\"timestamp\", location_latitude(r.location) AS latitude,"
                    + " location_longitude(r.location) AS longitude, r.confidence, r.horizontal_accuracy, r.status, r.payload,"
                    + " r.received_at, r.nearest_city, r.wrong_flags, r.uncertain_flags, r.undecryptable_reason, r.digest";

    private ReportRows() {}

    public static StoredReport read(ResultSet row) throws SQLException {
        return new StoredReport(
                Sql.optionalLong(row, "tracker_id"),
                row.getString("hashed_adv_key"),
                Sql.instant(row, "timestamp"),
                content(row),
                Optional.ofNullable(row.getBytes("payload")).map(Payload::of),
                Sql.instant(row, "received_at"),
                row.getObject("digest", UUID.class));
    }

    /** The flags in a column, which may be null. Another program can have written one twice. */
    public static Set<String> flags(ResultSet row, String column) throws SQLException {
        Array flags = row.getArray(column);
        return flags == null ? Set.of() : new TreeSet<>(List.of((String[]) flags.getArray()));
    }

    /** The condition that a filter adds to a query of reports with the alias r. Equality, because the planner has statistics for it. */
    public static String condition(FlagFilter flags) {
        return switch (flags) {
            case WITHOUT -> " AND r.wrong_flags = '{}'";
            case WITH -> "";
            case ONLY -> " AND (r.wrong_flags <> '{}' OR r.uncertain_flags IS NOT NULL)";
        };
    }

    private static ReportContent content(ResultSet row) throws SQLException {
        double latitude = row.getDouble("latitude");
        Optional<Position> position =
                row.wasNull() ? Optional.empty() : Optional.of(new Position(latitude, row.getDouble("longitude")));
        return new ReportContent(
                position,
                row.getInt("confidence"),
                Sql.optionalDouble(row, "horizontal_accuracy"),
                Sql.optionalInt(row, "status"),
                Optional.ofNullable(row.getString("nearest_city")),
                flags(row, "wrong_flags"),
                flags(row, "uncertain_flags"),
                Optional.ofNullable(row.getString("undecryptable_reason")));
    }
}

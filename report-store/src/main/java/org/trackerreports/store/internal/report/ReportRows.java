package org.trackerreports.store.internal.report;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
                    + " r.received_at, r.nearest_city, r.marks, r.undecryptable_reason";

    private ReportRows() {}

    public static StoredReport read(ResultSet row) throws SQLException {
        return new StoredReport(
                Sql.optionalLong(row, "tracker_id"),
                row.getString("hashed_adv_key"),
                Sql.instant(row, "timestamp"),
                content(row),
                Optional.ofNullable(row.getBytes("payload")).map(Payload::of),
                Sql.instant(row, "received_at"));
    }

    /** The flags of a report, from its column {@code marks}. Another program can have written one twice. */
    public static Set<String> flags(ResultSet row) throws SQLException {
        return Set.copyOf(List.of((String[]) row.getArray("marks").getArray()));
    }

    /** The condition that a filter adds to a query of reports with the alias r. */
    public static String condition(FlagFilter flags) {
        return switch (flags) {
            case WITHOUT -> " AND cardinality(r.marks) = 0";
            case WITH -> "";
            case ONLY -> " AND cardinality(r.marks) > 0";
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
                flags(row),
                Optional.ofNullable(row.getString("undecryptable_reason")));
    }
}

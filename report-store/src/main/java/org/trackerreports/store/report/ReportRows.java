package org.trackerreports.store.report;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.trackerreports.store.sql.Database;

/** Reads rows of {@code location_reports}, selected by {@link #COLUMNS} under the alias r. */
public final class ReportRows {

    public static final String COLUMNS =
            "r.tracker_id, r.hashed_adv_key, r.\"timestamp\", location_latitude(r.location) AS latitude,"
                    + " location_longitude(r.location) AS longitude, r.confidence, r.horizontal_accuracy, r.status, r.payload,"
                    + " r.received_at, r.nearest_city, r.marks, r.undecryptable_reason";

    private ReportRows() {}

    public static StoredReport read(ResultSet row) throws SQLException {
        long trackerId = row.getLong("tracker_id");
        OptionalLong tracker = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(trackerId);
        int status = row.getInt("status");
        OptionalInt statusByte = row.wasNull() ? OptionalInt.empty() : OptionalInt.of(status);
        return new StoredReport(
                tracker,
                row.getString("hashed_adv_key"),
                Database.instant(row, "timestamp"),
                new ReportContent(
                        position(row),
                        row.getInt("confidence"),
                        accuracy(row),
                        statusByte,
                        Optional.ofNullable(row.getString("nearest_city")),
                        flags(row),
                        Optional.ofNullable(row.getString("undecryptable_reason"))),
                Optional.ofNullable(row.getBytes("payload")).map(Payload::of),
                Database.instant(row, "received_at"));
    }

    public static OptionalDouble accuracy(ResultSet row) throws SQLException {
        double metres = row.getDouble("horizontal_accuracy");
        return row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(metres);
    }

    private static Optional<Position> position(ResultSet row) throws SQLException {
        double latitude = row.getDouble("latitude");
        return row.wasNull() ? Optional.empty() : Optional.of(new Position(latitude, row.getDouble("longitude")));
    }

    private static Set<String> flags(ResultSet row) throws SQLException {
        Array array = row.getArray("marks");
        return Set.of((String[]) array.getArray());
    }
}

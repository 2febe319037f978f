package org.trackerreports.store.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/**
 * Before these instants reports, or hours, may have been removed by retention. What was built from them must not be built again,
 * or it would be lost with them.
 */
public final class RetentionFloor {

    private static final String REPORTS = "reports_kept_from";
    private static final String HOURS = "hours_kept_from";

    private RetentionFloor() {}

    public static Optional<Instant> reports(Connection connection) throws SQLException {
        return read(connection, REPORTS);
    }

    /** Hours are never removed while their reports are kept, so this is never later than the floor of reports. */
    static Optional<Instant> hours(Connection connection) throws SQLException {
        return read(connection, HOURS);
    }

    /** Moves the floor up; it never sinks again, because what was removed stays removed. */
    public static void raiseReports(Connection connection, Instant floor) throws SQLException {
        raise(connection, REPORTS, floor);
    }

    public static void raiseHours(Connection connection, Instant floor) throws SQLException {
        raise(connection, HOURS, floor);
    }

    private static Optional<Instant> read(Connection connection, String name) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT value FROM store_settings WHERE name = ?")) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(Instant.parse(row.getString(1))) : Optional.empty();
            }
        }
    }

    private static void raise(Connection connection, String name, Instant floor) throws SQLException {
        if (read(connection, name).filter(present -> !present.isBefore(floor)).isPresent()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(
                "INSERT INTO store_settings VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = EXCLUDED.value")) {
            statement.setString(1, name);
            statement.setString(2, floor.toString());
            statement.execute();
        }
    }
}

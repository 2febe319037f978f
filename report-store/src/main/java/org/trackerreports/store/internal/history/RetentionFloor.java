package org.trackerreports.store.internal.history;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.trackerreports.store.internal.sql.StoreSettings;

/**
 * Before these times retention may have removed reports or hours. History that was made from them must not be made again, or it would be
 * lost.
 */
public final class RetentionFloor {

    private static final String REPORTS = "reports_kept_from";
    private static final String HOURS = "hours_kept_from";

    private RetentionFloor() {}

    /** The time before which reports may have been removed. */
    public static Optional<Instant> reports(Connection connection) throws SQLException {
        return read(connection, REPORTS);
    }

    /** The time before which hours may have been removed. Never later than the floor of reports. */
    static Optional<Instant> hours(Connection connection) throws SQLException {
        return read(connection, HOURS);
    }

    /** Raises the floor of reports. It never falls, because removed reports do not come back. */
    public static void raiseReports(Connection connection, Instant floor) throws SQLException {
        raise(connection, REPORTS, floor);
    }

    /** Raises the floor of hours. */
    public static void raiseHours(Connection connection, Instant floor) throws SQLException {
        raise(connection, HOURS, floor);
    }

    private static Optional<Instant> read(Connection connection, String name) throws SQLException {
        return StoreSettings.find(connection, name).map(Instant::parse);
    }

    private static void raise(Connection connection, String name, Instant floor) throws SQLException {
        if (read(connection, name).filter(current -> !current.isBefore(floor)).isEmpty()) {
            StoreSettings.put(connection, name, floor.toString());
        }
    }
}

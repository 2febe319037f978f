package org.trackerreports.store.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.trackerreports.store.schema.Capabilities;
import org.trackerreports.store.sql.Database;
import org.trackerreports.store.tracker.KeyIndex;

/** Brings hourly and daily history up to date, from what was touched since the last time only. */
public final class HistoryRefresh {

    private static final String LOCK = "hashtextextended('report-store history refresh', 0)";
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final List<String> AGGREGATES = List.of("location_history_hourly", "location_history_daily");

    private final Database database;
    private final Capabilities capabilities;
    private final Clock clock;

    public HistoryRefresh(Database database, Capabilities capabilities, Clock clock) {
        this.database = database;
        this.capabilities = capabilities;
        this.clock = clock;
    }

    /** Does the work unless somebody else is doing it; says whether it did. */
    public boolean run() {
        database.transaction("give reports to their trackers", connection -> {
            KeyIndex.attachUnclaimed(connection);
            return null;
        });
        return capabilities.timescaledb()
                ? database.session("refresh the history", this::refreshAggregates)
                : database.transaction("refresh the history", this::refreshTables);
    }

    private boolean refreshTables(Connection connection) throws SQLException {
        if (!ask(connection, "SELECT pg_try_advisory_xact_lock(" + LOCK + ")")) {
            return false;
        }
        try (PreparedStatement statement = connection.prepareStatement("SELECT refresh_location_history(?)")) {
            statement.setObject(
                    1, Database.utc(RetentionFloor.reports(connection).orElse(Instant.EPOCH)));
            statement.execute();
            return true;
        }
    }

    /** The procedure commits by itself, so the lock belongs to the session and has to be given back. */
    private boolean refreshAggregates(Connection connection) throws SQLException {
        if (!ask(connection, "SELECT pg_try_advisory_lock(" + LOCK + ")")) {
            return false;
        }
        try {
            Instant now = clock.instant();
            // Beyond its end an aggregate is computed on the fly, so the present hour and day are left to that.
            refresh(
                    connection,
                    AGGREGATES.get(0),
                    RetentionFloor.reports(connection).orElse(null),
                    now.truncatedTo(ChronoUnit.HOURS));
            refresh(
                    connection,
                    AGGREGATES.get(1),
                    RetentionFloor.hours(connection).orElse(null),
                    now.truncatedTo(ChronoUnit.DAYS));
            return true;
        } catch (SQLException e) {
            // TimescaleDB's own policy is at work on the same hours or days.
            if (LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
                return false;
            }
            throw e;
        } finally {
            unlock(connection);
        }
    }

    /** Lets no refresh begin until the transaction ends, so that each knows what this transaction says, or ends before it. */
    public static void awaitOthers(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_xact_lock(" + LOCK + ")");
        }
    }

    /** Gives back the lock that this session may have; harmless when it has none. */
    public static void unlock(Connection connection) throws SQLException {
        if (!connection.isClosed()) {
            ask(connection, "SELECT pg_advisory_unlock(" + LOCK + ")");
        }
    }

    private static void refresh(Connection connection, String aggregate, Instant from, Instant to) throws SQLException {
        if (from != null && !from.isBefore(to)) {
            return;
        }
        // A procedure that commits by itself takes no bind variables through every driver's extended protocol.
        OffsetDateTime start = Database.utc(from);
        try (Statement statement = connection.createStatement()) {
            statement.execute("CALL refresh_continuous_aggregate('" + aggregate + "', "
                    + (start == null ? "NULL" : "timestamptz '" + start + "'") + ", timestamptz '" + Database.utc(to)
                    + "')");
        }
    }

    private static boolean ask(Connection connection, String question) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(question)) {
            row.next();
            return row.getBoolean(1);
        }
    }
}

package org.trackerreports.store.internal.history;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.trackerreports.store.internal.sql.CompressedChunks;
import org.trackerreports.store.internal.sql.Database;
import org.trackerreports.store.internal.sql.Sql;
import org.trackerreports.store.internal.tracker.KeyIndex;
import org.trackerreports.store.schema.Capabilities;

/** Brings hourly and daily history up to date, using only what changed since the last refresh. */
public record HistoryRefresh(Database database, Capabilities capabilities, Clock clock) {

    private static final String LOCK = "hashtextextended('report-store history refresh', 0)";
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    /**
     * Refreshes, unless another instance is refreshing now.
     *
     * @return false if another instance is refreshing
     */
    public boolean run() {
        database.inTransaction("give reports to their trackers", KeyIndex::attachUnclaimed);
        return capabilities.timescaledb()
                ? database.session("refresh the history", this::refreshAggregates)
                : database.transaction("refresh the history", this::refreshTables);
    }

    private boolean refreshTables(Connection connection) throws SQLException {
        if (!isTrue(connection, "SELECT pg_try_advisory_xact_lock(" + LOCK + ")")) {
            return false;
        }
        Instant floor = RetentionFloor.reports(connection).orElse(Instant.EPOCH);
        Sql.on(connection, "SELECT refresh_location_history(?)", floor).execute();
        return true;
    }

    /** TimescaleDB's procedure commits by itself, so the lock belongs to the session and has to be released. */
    private boolean refreshAggregates(Connection connection) throws SQLException {
        if (!isTrue(connection, "SELECT pg_try_advisory_lock(" + LOCK + ")")) {
            return false;
        }
        try {
            CompressedChunks.allowChangesInSession(connection);
            Instant now = clock.instant();
            // After its end an aggregate is computed when it is read, so the current hour and day are left to that.
            refresh(
                    connection,
                    "location_history_hourly",
                    RetentionFloor.reports(connection),
                    now.truncatedTo(ChronoUnit.HOURS));
            refresh(
                    connection,
                    "location_history_daily",
                    RetentionFloor.hours(connection),
                    now.truncatedTo(ChronoUnit.DAYS));
            return true;
        } catch (SQLException e) {
            // TimescaleDB's own policy is refreshing the same hours or days.
            if (LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
                return false;
            }
            throw e;
        } finally {
            unlock(connection);
        }
    }

    /** Waits for a running refresh, and lets no other begin until the end of the transaction. */
    public static void lockOutOthers(Connection connection) throws SQLException {
        Sql.on(connection, "SELECT pg_advisory_xact_lock(" + LOCK + ")").execute();
    }

    /** Releases the lock of this session, and its right to change what is compressed. Does nothing if it has neither. */
    public static void unlock(Connection connection) throws SQLException {
        if (!connection.isClosed()) {
            CompressedChunks.limitChanges(connection);
            isTrue(connection, "SELECT pg_advisory_unlock(" + LOCK + ")");
        }
    }

    private static void refresh(Connection connection, String aggregate, Optional<Instant> from, Instant to)
            throws SQLException {
        if (from.filter(start -> !start.isBefore(to)).isPresent()) {
            return;
        }
        // Not every driver can call a procedure that commits by itself with bind variables.
        String start = from.map(HistoryRefresh::literal).orElse("NULL");
        Sql.on(connection, "CALL refresh_continuous_aggregate('" + aggregate + "', " + start + ", " + literal(to) + ")")
                .execute();
    }

    private static String literal(Instant time) {
        return "timestamptz '" + time + "'";
    }

    private static boolean isTrue(Connection connection, String query) throws SQLException {
        return Sql.on(connection, query).one(row -> row.getBoolean(1));
    }
}

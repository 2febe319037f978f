package org.trackerreports.store.retention;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.trackerreports.store.error.StoreException;
import org.trackerreports.store.history.HistoryRefresh;
import org.trackerreports.store.history.RetentionFloor;
import org.trackerreports.store.schema.Capabilities;
import org.trackerreports.store.sql.Database;

/**
 * Removes what a policy no longer keeps. It goes by whole UTC days, and by whole chunks (7 days of reports, about 10 weeks of hours)
 * where TimescaleDB is there, so some rows stay a little longer.
 *
 * <p>The history is refreshed first, so no report goes that no hour and no day has seen, and from then on nothing is made again
 * from what is gone. That is why TimescaleDB's own retention policy is not used: it does neither. Its scheduler runs a job of
 * the store instead, once a day, whether or not a daemon runs. Elsewhere rows are deleted in batches when {@link #apply} is
 * called. Compression is TimescaleDB's own policy. Thread-safe.
 */
public final class Retention {

    private static final int BATCH = 10_000;

    private final Database database;
    private final Capabilities capabilities;
    private final HistoryRefresh refresh;
    private final Clock clock;

    public Retention(Database database, Capabilities capabilities, HistoryRefresh refresh, Clock clock) {
        this.database = database;
        this.capabilities = capabilities;
        this.refresh = refresh;
        this.clock = clock;
    }

    /** Counts what {@link #apply} would remove now, and changes nothing. */
    public RetentionEffect preview(RetentionPolicy policy) {
        return database.session(
                "preview retention",
                connection -> new RetentionEffect(
                        count(connection, "location_reports", "\"timestamp\"", cutoff(policy.reports())),
                        count(connection, "location_history_hourly", "bucket", cutoff(policy.hours()))));
    }

    /**
     * Makes a policy the database's: removes what it no longer keeps, and where TimescaleDB is there lets its scheduler go on
     * with that, and with compression. What the policy does not ask for is no longer done. To be called at start and about once
     * a day.
     *
     * @return what was removed now
     * @throws StoreException worth repeating when the history is being refreshed by another instance right now
     */
    public RetentionEffect apply(RetentionPolicy policy) {
        if (capabilities.timescaledb()) {
            database.transaction("set retention and compression", connection -> {
                TimescaleJobs.setRetention(connection, policy);
                TimescaleJobs.setCompression(connection, policy.compressAfter());
                return null;
            });
        }
        return removeOnce(policy);
    }

    /**
     * Removes what the policy no longer keeps, this once; what the scheduler does stays as it is.
     *
     * @return what was removed
     * @throws StoreException worth repeating when the history is being refreshed by another instance right now
     */
    public RetentionEffect removeOnce(RetentionPolicy policy) {
        if (policy.reports().isEmpty()) {
            return new RetentionEffect(0, 0);
        }
        return capabilities.timescaledb() ? removeChunks(policy) : removeRows(policy);
    }

    private RetentionEffect removeChunks(RetentionPolicy policy) {
        RetentionEffect effect = preview(policy);
        database.session("remove old chunks", connection -> {
            TimescaleJobs.removeNow(connection, policy, clock.instant());
            return null;
        });
        return effect;
    }

    private RetentionEffect removeRows(RetentionPolicy policy) {
        if (!refresh.run()) {
            throw new StoreException(
                    "could not remove old reports: another instance is refreshing the history; repeat it later",
                    null,
                    true);
        }
        Instant reports = cutoff(policy.reports()).orElseThrow();
        Optional<Instant> hours = cutoff(policy.hours());
        database.transaction("note what is kept", connection -> {
            HistoryRefresh.awaitOthers(connection);
            RetentionFloor.raiseReports(connection, reports);
            if (hours.isPresent()) {
                RetentionFloor.raiseHours(connection, hours.get());
            }
            return null;
        });
        long removedReports = deleteRows("location_reports", "\"timestamp\"", reports);
        long removedHours = hours.isPresent() ? deleteRows("location_history_hourly", "bucket", hours.get()) : 0;
        return new RetentionEffect(removedReports, removedHours);
    }

    private Optional<Instant> cutoff(Optional<Duration> age) {
        return age.map(value -> clock.instant().minus(value).truncatedTo(ChronoUnit.DAYS));
    }

    private long count(Connection connection, String table, String column, Optional<Instant> cutoff)
            throws SQLException {
        if (cutoff.isEmpty()) {
            return 0;
        }
        Instant end = cutoff.get();
        if (capabilities.timescaledb()) {
            Optional<Instant> chunkEnd = endOfWholeChunks(connection, table, end);
            if (chunkEnd.isEmpty()) {
                return 0;
            }
            end = chunkEnd.get();
        }
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT count(*) FROM " + table + " WHERE " + column + " < ?")) {
            statement.setObject(1, Database.utc(end));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static Optional<Instant> endOfWholeChunks(Connection connection, String table, Instant cutoff)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT max(c.range_end) AS range_end"
                + " FROM timescaledb_information.chunks c WHERE c.range_end <= ? AND c.hypertable_schema || '.' || c.hypertable_name"
                + " IN (SELECT materialization_hypertable_schema || '.' || materialization_hypertable_name"
                + " FROM timescaledb_information.continuous_aggregates WHERE view_name = ? AND view_schema = current_schema()"
                + " UNION ALL SELECT current_schema() || '.' || ?)")) {
            statement.setObject(1, Database.utc(cutoff));
            statement.setString(2, table);
            statement.setString(3, table);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return Optional.ofNullable(Database.instant(row, "range_end"));
            }
        }
    }

    private long deleteRows(String table, String column, Instant cutoff) {
        long removed = 0;
        int batch;
        do {
            batch = database.transaction("remove old rows", connection -> {
                try (PreparedStatement statement = connection.prepareStatement(
                        "DELETE FROM " + table + " WHERE ctid = ANY (ARRAY(SELECT ctid FROM " + table + " WHERE "
                                + column + " < ? LIMIT " + BATCH + "))")) {
                    statement.setObject(1, Database.utc(cutoff));
                    return statement.executeUpdate();
                }
            });
            removed += batch;
        } while (batch == BATCH);
        return removed;
    }
}

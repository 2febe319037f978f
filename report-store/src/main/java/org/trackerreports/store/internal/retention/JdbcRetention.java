package org.trackerreports.store.internal.retention;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.trackerreports.store.error.StoreException;
import org.trackerreports.store.internal.history.HistoryRefresh;
import org.trackerreports.store.internal.history.RetentionFloor;
import org.trackerreports.store.internal.movement.LatestPositions;
import org.trackerreports.store.internal.sql.Database;
import org.trackerreports.store.internal.sql.Sql;
import org.trackerreports.store.retention.Retention;
import org.trackerreports.store.retention.RetentionEffect;
import org.trackerreports.store.retention.RetentionPolicy;
import org.trackerreports.store.schema.Capabilities;

/** Retention in PostgreSQL. */
public record JdbcRetention(Database database, Capabilities capabilities, HistoryRefresh refresh, Clock clock)
        implements Retention {

    private static final int BATCH = 10_000;

    @Override
    public RetentionEffect preview(RetentionPolicy policy) {
        return database.session(
                "preview retention",
                connection -> new RetentionEffect(
                        count(connection, "location_reports", "\"timestamp\"", cutoff(policy.reports())),
                        count(connection, "location_history_hourly", "bucket", cutoff(policy.hours()))));
    }

    @Override
    public RetentionEffect apply(RetentionPolicy policy) {
        if (capabilities.timescaledb()) {
            database.inTransaction("set retention and compression", connection -> {
                TimescaleJobs.setRetention(connection, policy);
                TimescaleJobs.setCompression(connection, policy);
            });
        }
        return removeOnce(policy);
    }

    @Override
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
            return true;
        });
        removeGone(cutoff(policy.reports()).orElseThrow());
        return effect;
    }

    private RetentionEffect removeRows(RetentionPolicy policy) {
        if (!refresh.run()) {
            throw new StoreException(
                    "could not remove old reports: another instance is refreshing the history; try again later", true);
        }
        Instant reports = cutoff(policy.reports()).orElseThrow();
        Optional<Instant> hours = cutoff(policy.hours());
        database.inTransaction("record what is kept", connection -> {
            HistoryRefresh.lockOutOthers(connection);
            RetentionFloor.raiseReports(connection, reports);
            if (hours.isPresent()) {
                RetentionFloor.raiseHours(connection, hours.get());
            }
        });
        long removedReports = deleteRows("location_reports", "\"timestamp\"", reports);
        removeGone(reports);
        long removedHours = hours.isPresent() ? deleteRows("location_history_hourly", "bucket", hours.get()) : 0;
        return new RetentionEffect(removedReports, removedHours);
    }

    private void removeGone(Instant before) {
        database.inTransaction(
                "remove old latest positions", connection -> LatestPositions.removeGone(connection, before));
    }

    private Optional<Instant> cutoff(Optional<Duration> age) {
        return age.map(value -> clock.instant().minus(value).truncatedTo(ChronoUnit.DAYS));
    }

    private long count(Connection connection, String table, String column, Optional<Instant> cutoff)
            throws SQLException {
        Optional<Instant> end = cutoff;
        if (cutoff.isPresent() && capabilities.timescaledb()) {
            end = endOfWholeChunks(connection, table, cutoff.get());
        }
        if (end.isEmpty()) {
            return 0;
        }
        return Sql.on(connection, "SELECT count(*) FROM " + table + " WHERE " + column + " < ?", end.get())
                .one(row -> row.getLong(1));
    }

    private static Optional<Instant> endOfWholeChunks(Connection connection, String table, Instant cutoff)
            throws SQLException {
        return Sql.on(
                        connection,
                        "SELECT max(c.range_end) AS range_end"
                                + " FROM timescaledb_information.chunks c WHERE c.range_end <= ? AND c.hypertable_schema || '.' || c.hypertable_name"
                                + " IN (SELECT materialization_hypertable_schema || '.' || materialization_hypertable_name"
                                + " FROM timescaledb_information.continuous_aggregates WHERE view_name = ? AND view_schema = current_schema()"
                                + " UNION ALL SELECT current_schema() || '.' || ?)",
                        cutoff,
                        table,
                        table)
                .one(row -> Sql.optionalInstant(row, "range_end"));
    }

    private long deleteRows(String table, String column, Instant cutoff) {
        String sql = "DELETE FROM " + table + " WHERE ctid = ANY (ARRAY(SELECT ctid FROM " + table + " WHERE " + column
                + " < ? LIMIT " + BATCH + "))";
        long removed = 0;
        int batch;
        do {
            batch = database.transaction(
                    "remove old rows",
                    connection -> Sql.on(connection, sql, cutoff).update());
            removed += batch;
        } while (batch == BATCH);
        return removed;
    }
}

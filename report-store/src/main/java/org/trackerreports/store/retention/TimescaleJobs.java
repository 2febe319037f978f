package org.trackerreports.store.retention;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.trackerreports.store.history.HistoryRefresh;

/** What TimescaleDB's scheduler does for retention and compression; a job that is as wanted already is left alone. */
public final class TimescaleJobs {

    private static final String CONFIG = """
            SELECT jsonb_strip_nulls(jsonb_build_object('reports', ?::text::interval, 'hours', ?::text::interval,
                                                        'schema', ?::text, 'as_of', ?::text))""";

    private TimescaleJobs() {}

    /** Lets the scheduler remove what is too old once a day, or no longer. */
    static void setRetention(Connection connection, RetentionPolicy policy) throws SQLException {
        Optional<Integer> job = retentionJob(connection);
        try (Statement statement = connection.createStatement()) {
            if (policy.reports().isEmpty()) {
                if (job.isPresent()) {
                    statement.execute("SELECT delete_job(" + job.get() + ")");
                }
                return;
            }
        }
        String config = config(connection, policy, Optional.of(schema(connection)), Optional.empty());
        try (PreparedStatement statement = connection.prepareStatement(
                job.isPresent()
                        ? "SELECT alter_job(" + job.get() + ", config => ?::jsonb)"
                        : "SELECT add_job('report_store_retention', interval '1 day', config => ?::jsonb,"
                                + " initial_start => now() + interval '1 day')")) {
            statement.setString(1, config);
            statement.execute();
        }
    }

    /** Removes now what the job would remove. The procedure commits by itself, so this must not be in a transaction. */
    static void removeNow(Connection connection, RetentionPolicy policy, Instant now) throws SQLException {
        String config = config(connection, policy, Optional.empty(), Optional.of(now));
        try (Statement statement = connection.createStatement()) {
            // A procedure that commits by itself takes no bind variables through every driver's extended protocol.
            statement.execute("CALL report_store_retention(0, '" + config + "')");
        } finally {
            HistoryRefresh.unlock(connection);
        }
    }

    /** Lets the scheduler compress reports of some age, or no longer; what is compressed stays so. */
    public static void setCompression(Connection connection, Optional<Duration> after) throws SQLException {
        String wanted = after.map(age -> age.toHours() + " hours").orElse(null);
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT count(*), count(*) FILTER (WHERE (config->>'compress_after')::interval = ?::interval)"
                        + " FROM timescaledb_information.jobs WHERE proc_name = 'policy_compression'"
                        + " AND hypertable_schema = current_schema() AND hypertable_name = 'location_reports'")) {
            statement.setString(1, wanted);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                boolean asWanted = wanted == null ? row.getLong(1) == 0 : row.getLong(2) == 1;
                if (asWanted) {
                    return;
                }
            }
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT remove_compression_policy('location_reports', if_exists => true)");
            if (wanted != null) {
                // Ordered by key, so that a late report is looked for in the few blocks that may hold its key.
                statement.execute("ALTER TABLE location_reports SET (timescaledb.compress,"
                        + " timescaledb.compress_segmentby = 'tracker_id',"
                        + " timescaledb.compress_orderby = 'hashed_adv_key, \"timestamp\" DESC, digest')");
                statement.execute("SELECT add_compression_policy('location_reports', compress_after => interval '"
                        + wanted + "')");
            }
        }
    }

    private static Optional<Integer> retentionJob(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT job_id FROM timescaledb_information.jobs"
                        + " WHERE proc_schema = current_schema() AND proc_name = 'report_store_retention'")) {
            return row.next() ? Optional.of(row.getInt(1)) : Optional.empty();
        }
    }

    private static String config(
            Connection connection, RetentionPolicy policy, Optional<String> schema, Optional<Instant> asOf)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(CONFIG)) {
            statement.setString(1, policy.reports().map(Duration::toString).orElse(null));
            statement.setString(2, policy.hours().map(Duration::toString).orElse(null));
            statement.setString(3, schema.orElse(null));
            statement.setString(4, asOf.map(Instant::toString).orElse(null));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }

    private static String schema(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT current_schema()")) {
            row.next();
            return row.getString(1);
        }
    }
}

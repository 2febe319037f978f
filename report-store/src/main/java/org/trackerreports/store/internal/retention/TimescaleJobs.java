package org.trackerreports.store.internal.retention;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.trackerreports.store.internal.history.HistoryRefresh;
import org.trackerreports.store.internal.sql.Sql;
import org.trackerreports.store.retention.RetentionPolicy;

/** The jobs of TimescaleDB's scheduler for retention and compression. A job that is already right is not changed. */
public final class TimescaleJobs {

    /** More than the 28 days that the policies of the aggregates refresh. */
    private static final Duration MIN_HISTORY_AGE = Duration.ofDays(30);

    private static final List<String> HISTORIES = List.of("location_history_hourly", "location_history_daily");

    private TimescaleJobs() {}

    /** Makes the scheduler remove once a day what the policy does not keep, or deletes the job. */
    static void setRetention(Connection connection, RetentionPolicy policy) throws SQLException {
        Optional<Integer> job = Sql.on(
                        connection,
                        "SELECT job_id FROM timescaledb_information.jobs"
                                + " WHERE proc_schema = current_schema() AND proc_name = 'report_store_retention'")
                .first(row -> row.getInt(1));
        if (policy.reports().isEmpty()) {
            if (job.isPresent()) {
                Sql.on(connection, "SELECT delete_job(" + job.get() + ")").execute();
            }
            return;
        }
        String schema = Sql.on(connection, "SELECT current_schema()").one(row -> row.getString(1));
        String config = config(connection, policy, schema, null);
        String sql = job.isPresent()
                ? "SELECT alter_job(" + job.get() + ", config => ?::jsonb)"
                : "SELECT add_job('report_store_retention', interval '1 day', config => ?::jsonb,"
                        + " initial_start => now() + interval '1 day')";
        Sql.on(connection, sql, config).execute();
    }

    /** Removes now what the job would remove. Must not run in a transaction, because the procedure commits by itself. */
    static void removeNow(Connection connection, RetentionPolicy policy, Instant now) throws SQLException {
        String config = config(connection, policy, null, now);
        try {
            // Not every driver can call a procedure that commits by itself with bind variables.
            Sql.on(connection, "CALL report_store_retention(0, '" + config + "')")
                    .execute();
        } finally {
            HistoryRefresh.unlock(connection);
        }
    }

    /**
     * Makes the scheduler compress reports, hours and days of this age, or stops it. What is compressed stays compressed. Hours and days
     * must be older than what TimescaleDB's policies refresh.
     */
    static void setCompression(Connection connection, RetentionPolicy policy) throws SQLException {
        Optional<Duration> history =
                policy.compressAfter().map(age -> age.compareTo(MIN_HISTORY_AGE) < 0 ? MIN_HISTORY_AGE : age);
        // Ordered by key, so that only the few blocks that may hold its key are searched for a late report.
        setCompression(
                connection,
                "TABLE",
                "location_reports",
                "hashed_adv_key, \"timestamp\" DESC, digest",
                policy.compressAfter());
        for (String view : HISTORIES) {
            setCompression(connection, "MATERIALIZED VIEW", view, "bucket DESC, confidence, marked", history);
        }
    }

    /** Stops the compression of reports, for a conversion of their table. */
    public static void stopCompressingReports(Connection connection) throws SQLException {
        setCompression(connection, "TABLE", "location_reports", "", Optional.empty());
    }

    private static void setCompression(
            Connection connection, String kind, String relation, String order, Optional<Duration> after)
            throws SQLException {
        String wanted = after.map(age -> age.toHours() + " hours").orElse(null);
        boolean asWanted = Sql.on(
                        connection,
                        "SELECT count(*), count(*) FILTER (WHERE (config->>'compress_after')::interval = ?::interval)"
                                + " FROM timescaledb_information.jobs WHERE proc_name = 'policy_compression'"
                                + " AND (hypertable_schema, hypertable_name) IN (SELECT current_schema(), ?::name"
                                + " UNION ALL SELECT materialization_hypertable_schema, materialization_hypertable_name"
                                + " FROM timescaledb_information.continuous_aggregates"
                                + " WHERE view_schema = current_schema() AND view_name = ?::name)",
                        wanted,
                        relation,
                        relation)
                .one(row -> wanted == null ? row.getLong(1) == 0 : row.getLong(2) == 1);
        if (asWanted) {
            return;
        }
        Sql.on(connection, "SELECT remove_compression_policy('" + relation + "', if_exists => true)")
                .execute();
        if (wanted != null) {
            Sql.on(
                            connection,
                            "ALTER " + kind + " " + relation + " SET (timescaledb.compress,"
                                    + " timescaledb.compress_segmentby = 'tracker_id',"
                                    + " timescaledb.compress_orderby = '" + order + "')")
                    .execute();
            Sql.on(
                            connection,
                            "SELECT add_compression_policy('" + relation + "', compress_after => interval '" + wanted
                                    + "')")
                    .execute();
        }
    }

    private static String config(
            Connection connection, RetentionPolicy policy, @Nullable String schema, @Nullable Instant asOf)
            throws SQLException {
        return Sql.on(
                        connection,
                        "SELECT jsonb_strip_nulls(jsonb_build_object('reports', ?::text::interval, 'hours',"
                                + " ?::text::interval, 'schema', ?::text, 'as_of', ?::text))",
                        policy.reports().map(Duration::toString).orElse(null),
                        policy.hours().map(Duration::toString).orElse(null),
                        schema,
                        asOf == null ? null : asOf.toString())
                .one(row -> row.getString(1));
    }
}

package org.trackerreports.store.internal.schema;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.trackerreports.store.internal.sql.Sql;
import org.trackerreports.store.schema.Capabilities;
import org.trackerreports.store.schema.DatabaseProblem;

/** Looks for what TimescaleDB does not do for a database that relies on it. Only reads. */
public final class DatabaseProblems {

    /** Jobs that failed when they ran last, and those that should have run twice in the meantime. */
    private static final String JOBS = """
            WITH ours AS (
                SELECT current_schema()::text AS schema, 'location_reports' AS name, 'location_reports' AS shown
                UNION ALL
                SELECT view_schema, view_name, view_name FROM timescaledb_information.continuous_aggregates
                 WHERE view_schema = current_schema()
                UNION ALL
                SELECT materialization_hypertable_schema, materialization_hypertable_name, view_name
                  FROM timescaledb_information.continuous_aggregates WHERE view_schema = current_schema()
            )
            SELECT j.job_id, j.proc_name, o.shown, s.last_run_status = 'Failed' AS failed,
                   to_char(CASE WHEN s.last_run_status = 'Failed' THEN s.last_run_started_at ELSE s.next_start END
                           AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS "UTC"') AS at,
                   (SELECT left(regexp_replace(e.err_message, '[[:cntrl:]]+', ' ', 'g'), 200)
                      FROM timescaledb_information.job_errors e
                     WHERE e.job_id = j.job_id ORDER BY e.finish_time DESC NULLS LAST LIMIT 1) AS error
              FROM timescaledb_information.jobs j
              JOIN timescaledb_information.job_stats s ON s.job_id = j.job_id
              LEFT JOIN ours o ON o.schema = j.hypertable_schema AND o.name = j.hypertable_name
             WHERE j.scheduled
               AND (o.name IS NOT NULL OR (j.proc_schema = current_schema() AND j.proc_name = 'report_store_retention'))
               AND (s.last_run_status = 'Failed'
                    OR (isfinite(s.next_start) AND s.job_status <> 'Running'
                        AND s.next_start < now() - 2 * greatest(j.schedule_interval, interval '30 minutes')))
             ORDER BY j.job_id""";

    private DatabaseProblems() {}

    /** What is wrong with a database that was built with these capabilities. */
    public static List<DatabaseProblem> of(Connection connection, Capabilities capabilities) throws SQLException {
        if (!capabilities.timescaledb()) {
            return List.of();
        }
        return ServerCapabilities.isApacheLicensed(connection)
                ? List.of(new DatabaseProblem(
                        DatabaseProblem.Kind.LICENCE,
                        "the history of this database consists of TimescaleDB's continuous aggregates, which TimescaleDB"
                                + " refuses here, because it runs under its Apache licence; no report can be stored",
                        "Set timescaledb.license = 'timescale' and restart PostgreSQL, or move the history into ordinary"
                                + " tables: findmy tools db adopt --yes"))
                : Sql.on(connection, JOBS).list(DatabaseProblems::job);
    }

    private static DatabaseProblem job(ResultSet row) throws SQLException {
        String job = "TimescaleDB's job " + row.getLong("job_id") + ", " + purpose(row);
        return row.getBoolean("failed")
                ? new DatabaseProblem(
                        DatabaseProblem.Kind.JOB,
                        job + ", failed at " + row.getString("at") + ": "
                                + (row.getString("error") == null
                                        ? "its error is not visible to this role"
                                        : row.getString("error")),
                        "Correct the cause; all errors are in timescaledb_information.job_errors.")
                : new DatabaseProblem(
                        DatabaseProblem.Kind.JOB,
                        job + ", has not run since it was due at " + row.getString("at"),
                        "Check that TimescaleDB's scheduler runs and has workers (timescaledb.max_background_workers,"
                                + " max_worker_processes).");
    }

    private static String purpose(ResultSet row) throws SQLException {
        String relation = row.getString("shown");
        return switch (row.getString("proc_name")) {
            case "policy_refresh_continuous_aggregate" -> "the refresh of " + relation;
            case "policy_compression" -> "the compression of " + relation;
            case "report_store_retention" -> "the retention";
            default -> row.getString("proc_name") + " of " + relation;
        };
    }
}

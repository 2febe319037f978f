package org.trackerreports.store.internal.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.trackerreports.store.error.StoreException;
import org.trackerreports.store.internal.history.RetentionFloor;
import org.trackerreports.store.internal.retention.TimescaleJobs;
import org.trackerreports.store.internal.sql.Sql;
import org.trackerreports.store.schema.Capabilities;

/** Converts a database to extensions that its server got after the first migration, or away from a TimescaleDB that refuses it. */
public record ExtensionUpgrade(Connection connection, Capabilities before, Capabilities after) {

    private static final List<String> HISTORIES = List.of("location_history_hourly", "location_history_daily");
    private static final String HISTORY_COLUMNS =
            "tracker_id, bucket, confidence, marked, report_count, first_time, last_time,"
                    + " location, horizontal_accuracy, hashed_adv_key, nearest_city, latest_order";
    private static final String COMPRESSED = """
            SELECT count(*) FROM timescaledb_information.chunks c
             WHERE c.is_compressed
               AND (c.hypertable_schema = current_schema() AND c.hypertable_name = 'location_reports'
                    OR EXISTS (SELECT 1 FROM timescaledb_information.continuous_aggregates a
                                WHERE a.view_schema = current_schema()
                                  AND a.materialization_hypertable_schema = c.hypertable_schema
                                  AND a.materialization_hypertable_name = c.hypertable_name))""";

    /**
     * Rebuilds what depends on the server, in the transaction of the caller. Hours and days are empty afterwards, or as of their last
     * refresh if the database leaves TimescaleDB.
     */
    public void run() throws SQLException {
        if (leavesTimescaledb()) {
            leaveTimescaledb();
            return;
        }
        if (RetentionFloor.reports(connection).isPresent()) {
            throw new StoreException(
                    "cannot convert the database: retention has removed reports, so the hours and days made"
                            + " from them cannot be made again; export them first, or keep the database as it is");
        }
        execute("LOCK TABLE location_reports IN ACCESS EXCLUSIVE MODE");
        execute("DROP VIEW location_history, location_history_all");
        if (before.timescaledb()) {
            decompress();
            execute("DROP MATERIALIZED VIEW location_history_daily");
            execute("DROP MATERIALIZED VIEW location_history_hourly");
        } else {
            execute("DROP TABLE location_history_daily, location_history_hourly, touched_hours");
            execute("DROP FUNCTION refresh_location_history(timestamptz)");
            execute("DROP FUNCTION location_reports_touched() CASCADE");
            execute("DROP INDEX location_reports_time");
        }
        if (after.postgis() && !before.postgis()) {
            changeToGeometry();
        }
        Definitions.createHistory(connection, after);
        if (!before.timescaledb()) {
            Definitions.createRetention(connection, after);
        }
        finish();
    }

    private boolean leavesTimescaledb() {
        return before.timescaledb() && !after.timescaledb();
    }

    private void finish() throws SQLException {
        if (!after.timescaledb()) {
            execute("INSERT INTO touched_hours SELECT DISTINCT tracker_id, date_trunc('hour', \"timestamp\", 'UTC')"
                    + " FROM location_reports WHERE tracker_id IS NOT NULL");
        }
        Definitions.remember(connection, after);
    }

    /**
     * Uses only what TimescaleDB's Apache licence allows. The hours and days are copied from where the aggregates keep them, because
     * retention may have removed the reports that they were made from.
     */
    private void leaveTimescaledb() throws SQLException {
        if (Sql.on(connection, COMPRESSED).one(row -> row.getLong(1)) > 0) {
            throw new StoreException(
                    "cannot move the history into ordinary tables: reports or hours are compressed, which"
                            + " TimescaleDB's Apache licence cannot read; start PostgreSQL once with timescaledb.license ="
                            + " 'timescale' and run, for location_reports, location_history_hourly and location_history_daily:"
                            + " SELECT decompress_chunk(c, true) FROM show_chunks('…') c");
        }
        execute("LOCK TABLE location_reports IN ACCESS EXCLUSIVE MODE");
        execute("DROP VIEW location_history, location_history_all");
        for (String history : HISTORIES) {
            String kept = Sql.on(
                            connection,
                            "SELECT format('%I.%I', materialization_hypertable_schema, materialization_hypertable_name)"
                                    + " FROM timescaledb_information.continuous_aggregates"
                                    + " WHERE view_schema = current_schema() AND view_name = ?",
                            history)
                    .one(row -> row.getString(1));
            execute("CREATE TABLE kept_" + history + " AS SELECT " + HISTORY_COLUMNS + " FROM " + kept);
        }
        execute("DROP MATERIALIZED VIEW location_history_daily");
        execute("DROP MATERIALIZED VIEW location_history_hourly");
        execute("DROP PROCEDURE report_store_retention(integer, jsonb)");
        Definitions.run(connection, "reports-plain", after);
        Definitions.run(connection, "reports-announced", after);
        Definitions.createHistory(connection, after);
        for (String history : HISTORIES) {
            execute("INSERT INTO " + history + " SELECT " + HISTORY_COLUMNS + " FROM kept_" + history
                    + " ON CONFLICT DO NOTHING");
            execute("DROP TABLE kept_" + history);
        }
        finish();
    }

    /** The type of a column cannot change while reports are compressed. The next run of retention sets up compression again. */
    private void decompress() throws SQLException {
        TimescaleJobs.stopCompressingReports(connection);
        execute("SELECT decompress_chunk(c, true) FROM show_chunks('location_reports') c");
        execute("ALTER TABLE location_reports SET (timescaledb.compress = false)");
    }

    /** The substitute for a function of PostGIS has the same name, so it must be dropped before the extension is created. */
    private void changeToGeometry() throws SQLException {
        execute("DROP INDEX location_reports_location, latest_positions_location");
        execute("DROP FUNCTION location_of(double precision, double precision)");
        execute("DROP FUNCTION location_latitude(point), location_longitude(point)");
        execute(
                "DROP FUNCTION location_in_box(point, double precision, double precision, double precision, double precision)");
        if (!ServerCapabilities.isInstalled(connection, "postgis")) {
            execute("DROP FUNCTION st_geomfromtext(text, integer)");
        }
        ServerCapabilities.createExtensions(connection, after);
        for (String table : List.of("location_reports", "latest_positions")) {
            execute("ALTER TABLE " + table + " ALTER COLUMN location TYPE " + after.locationType()
                    + " USING ST_SetSRID(ST_MakePoint(location[0], location[1]), 4326)");
            execute("CREATE INDEX " + table + "_location ON " + table + " USING gist (location)");
        }
        Definitions.run(connection, "spatial-postgis", after);
    }

    private void execute(String sql) throws SQLException {
        Sql.on(connection, sql).execute();
    }
}

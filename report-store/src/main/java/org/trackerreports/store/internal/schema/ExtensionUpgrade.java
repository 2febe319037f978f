package org.trackerreports.store.internal.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.trackerreports.store.error.StoreException;
import org.trackerreports.store.internal.history.RetentionFloor;
import org.trackerreports.store.internal.retention.TimescaleJobs;
import org.trackerreports.store.internal.sql.Sql;
import org.trackerreports.store.schema.Capabilities;

/** Converts a database to extensions that its server got after the first migration. */
public record ExtensionUpgrade(Connection connection, Capabilities before, Capabilities after) {

    /** Rebuilds what depends on the server, in the transaction of the caller. Hours and days are empty afterwards. */
    public void run() throws SQLException {
        if (RetentionFloor.reports(connection).isPresent()) {
            throw new StoreException(
                    "cannot convert the database: retention has removed reports, so the hours and days made"
                            + " from them cannot be made again; export them first, or keep the database as it is");
        }
        execute("LOCK TABLE location_reports IN ACCESS EXCLUSIVE MODE");
        execute("DROP VIEW location_history");
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
        if (!after.timescaledb()) {
            execute("INSERT INTO touched_hours SELECT DISTINCT tracker_id, date_trunc('hour', \"timestamp\", 'UTC')"
                    + " FROM location_reports WHERE tracker_id IS NOT NULL");
        }
        Definitions.remember(connection, after);
    }

    /** The type of a column cannot change while reports are compressed. The next run of retention sets up compression again. */
    private void decompress() throws SQLException {
        TimescaleJobs.setCompression(connection, Optional.empty());
        execute("SELECT decompress_chunk(c, true) FROM show_chunks('location_reports') c");
        execute("ALTER TABLE location_reports SET (timescaledb.compress = false)");
    }

    /** The substitute for a function of PostGIS has the same name, so it must be dropped before the extension is created. */
    private void changeToGeometry() throws SQLException {
        execute("DROP INDEX location_reports_location");
        execute("DROP FUNCTION location_of(double precision, double precision)");
        execute("DROP FUNCTION location_latitude(point), location_longitude(point)");
        execute(
                "DROP FUNCTION location_in_box(point, double precision, double precision, double precision, double precision)");
        if (!ServerCapabilities.isInstalled(connection, "postgis")) {
            execute("DROP FUNCTION st_geomfromtext(text, integer)");
        }
        ServerCapabilities.createExtensions(connection, after);
        execute("ALTER TABLE location_reports ALTER COLUMN location TYPE " + after.locationType()
                + " USING ST_SetSRID(ST_MakePoint(location[0], location[1]), 4326)");
        execute("CREATE INDEX location_reports_location ON location_reports USING gist (location)");
        Definitions.run(connection, "spatial-postgis", after);
    }

    private void execute(String sql) throws SQLException {
        Sql.on(connection, sql).execute();
    }
}

package org.trackerreports.store.migration;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.trackerreports.store.error.StoreException;
import org.trackerreports.store.history.RetentionFloor;
import org.trackerreports.store.retention.TimescaleJobs;
import org.trackerreports.store.schema.Capabilities;
import org.trackerreports.store.schema.Definitions;

/** Carries a database over to extensions that its server gained after the first migration. */
public final class ExtensionUpgrade {

    private final Connection connection;
    private final Capabilities before;
    private final Capabilities after;

    public ExtensionUpgrade(Connection connection, Capabilities before, Capabilities after) {
        this.connection = connection;
        this.before = before;
        this.after = after;
    }

    /** Rebuilds what depends on the server, in the caller's transaction; hours and days are empty afterwards. */
    public void run() throws SQLException {
        if (RetentionFloor.reports(connection).isPresent()) {
            throw new StoreException(
                    "cannot carry the database over: retention has removed reports, and the hours and days that were made"
                            + " from them cannot be made again; export them first, or keep the database as it is",
                    null,
                    false);
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
        String history = after.timescaledb() ? "history-timescaledb" : "history-plain";
        Definitions.run(connection, history, after);
        Definitions.run(connection, "history-view", after);
        if (!before.timescaledb()) {
            Definitions.createRetention(connection, after);
        }
        if (!after.timescaledb()) {
            execute("INSERT INTO touched_hours SELECT DISTINCT tracker_id, date_trunc('hour', \"timestamp\", 'UTC')"
                    + " FROM location_reports WHERE tracker_id IS NOT NULL");
        }
        Definitions.remember(connection, after);
    }

    /** A column of compressed reports cannot change its type. Retention's next run sets compression again. */
    private void decompress() throws SQLException {
        TimescaleJobs.setCompression(connection, Optional.empty());
        execute("SELECT decompress_chunk(c, true) FROM show_chunks('location_reports') c");
        execute("ALTER TABLE location_reports SET (timescaledb.compress = false)");
    }

    /** The stand-in has the name of a function of PostGIS, so it has to go before the extension can come. */
    private void changeToGeometry() throws SQLException {
        execute("DROP INDEX location_reports_location");
        execute("DROP FUNCTION location_of(double precision, double precision)");
        execute("DROP FUNCTION location_latitude(point), location_longitude(point)");
        execute(
                "DROP FUNCTION location_in_box(point, double precision, double precision, double precision, double precision)");
        if (!installed("postgis")) {
            execute("DROP FUNCTION st_geomfromtext(text, integer)");
        }
        ServerCapabilities.createExtensions(connection, after);
        execute("ALTER TABLE location_reports ALTER COLUMN location TYPE " + after.locationType()
                + " USING ST_SetSRID(ST_MakePoint(location[0], location[1]), 4326)");
        execute("CREATE INDEX location_reports_location ON location_reports USING gist (location)");
        Definitions.run(connection, "spatial-postgis", after);
    }

    private boolean installed(String extension) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT count(*) > 0 FROM pg_extension WHERE extname = '" + extension + "'")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

package org.trackerreports.store.internal.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.trackerreports.store.internal.sql.Sql;
import org.trackerreports.store.schema.Capabilities;

/**
 * What a server can do. It only looks, because a {@code CREATE EXTENSION} that fails can end the session or make a pool discard the
 * connection.
 */
public final class ServerCapabilities {

    private static final String THEN_ADOPT = "then run: findmy tools db adopt";

    private final Connection connection;
    private final List<String> notes = new ArrayList<>();
    private final boolean postgis;
    private final boolean timescaledb;

    private ServerCapabilities(Connection connection) throws SQLException {
        this.connection = connection;
        this.postgis = canUsePostgis();
        this.timescaledb = canUseTimescaledb();
    }

    public static ServerCapabilities of(Connection connection) throws SQLException {
        return new ServerCapabilities(connection);
    }

    public Capabilities capabilities() {
        return new Capabilities(postgis, timescaledb);
    }

    /** What is missing and what would help, for the operator. */
    public List<String> notes() {
        return notes;
    }

    /** Creates the extensions that these capabilities need and that are missing. */
    public static void createExtensions(Connection connection, Capabilities wanted) throws SQLException {
        if (wanted.timescaledb() && !isInstalled(connection, "timescaledb")) {
            Sql.on(connection, "CREATE EXTENSION timescaledb").execute();
        }
        if (wanted.postgis() && !isInstalled(connection, "postgis")) {
            Sql.on(connection, "CREATE EXTENSION postgis").execute();
        }
    }

    /** Whether TimescaleDB runs under its Apache licence, without continuous aggregates, compression and jobs. */
    public static boolean isApacheLicensed(Connection connection) throws SQLException {
        return Sql.on(connection, "SELECT coalesce(current_setting('timescaledb.license', true), '') = 'apache'")
                .one(row -> row.getBoolean(1));
    }

    static boolean isInstalled(Connection connection, String extension) throws SQLException {
        return SchemaStatusQuery.extensionVersion(connection, extension).isPresent();
    }

    private boolean canUsePostgis() throws SQLException {
        if (isInstalled(connection, "postgis")) {
            boolean visible = isTrue("SELECT to_regtype('geometry') IS NOT NULL");
            if (!visible) {
                notes.add("PostGIS is installed in a schema that is not on the search path; add the schema, "
                        + THEN_ADOPT);
            }
            return visible;
        }
        if (!isAvailable("postgis")) {
            notes.add("PostGIS is not on this server; locations are stored as PostgreSQL points.");
            return false;
        }
        return mayCreate("PostGIS", "postgis");
    }

    private boolean canUseTimescaledb() throws SQLException {
        boolean installed = isInstalled(connection, "timescaledb");
        if (!installed && !isAvailable("timescaledb")) {
            notes.add("TimescaleDB is not on this server; the history is stored in ordinary tables.");
            return false;
        }
        // Ordinary roles cannot see the list of preloaded libraries, but they can see the settings of a preloaded
        // library.
        if (!installed && !isTrue("SELECT current_setting('timescaledb.disable_load', true) IS NOT NULL")) {
            notes.add("TimescaleDB is on this server but not loaded; add timescaledb to shared_preload_libraries,"
                    + " restart the server, " + THEN_ADOPT);
            return false;
        }
        if (isApacheLicensed(connection)) {
            notes.add("TimescaleDB runs with its Apache license here, which has no continuous aggregates; set"
                    + " timescaledb.license = 'timescale', " + THEN_ADOPT);
            return false;
        }
        return installed || mayCreate("TimescaleDB", "timescaledb");
    }

    private boolean isAvailable(String extension) throws SQLException {
        return isTrue("SELECT count(*) > 0 FROM pg_available_extensions WHERE name = ?", extension);
    }

    /** Whether the role may create the extension; adds a note if not. */
    private boolean mayCreate(String name, String extension) throws SQLException {
        boolean may = isTrue(
                "SELECT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) OR EXISTS (SELECT 1 FROM"
                        + " pg_available_extension_versions v JOIN pg_available_extensions e ON e.name = v.name AND"
                        + " e.default_version = v.version WHERE v.name = ? AND v.trusted AND"
                        + " has_database_privilege(current_database(), 'CREATE'))",
                extension);
        if (!may) {
            notes.add(name
                    + " is on this server, but this role may not create it; a superuser must run in this database: "
                    + (extension.equals("postgis") ? "DROP FUNCTION IF EXISTS st_geomfromtext(text, integer); " : "")
                    + "CREATE EXTENSION " + extension + "; " + THEN_ADOPT);
        }
        return may;
    }

    private boolean isTrue(String query, Object... parameters) throws SQLException {
        return Sql.on(connection, query, parameters).one(row -> row.getBoolean(1));
    }
}

package org.trackerreports.store.migration;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.trackerreports.store.schema.Capabilities;

/**
 * Finds out what a server can do, by looking only: a {@code CREATE EXTENSION} that cannot work ends the session or makes a pool
 * throw the connection away.
 */
final class ServerCapabilities {

    private boolean postgis;
    private boolean timescaledb;
    private final List<String> notes = new ArrayList<>();

    private ServerCapabilities() {}

    static ServerCapabilities of(Connection connection) throws SQLException {
        ServerCapabilities offer = new ServerCapabilities();
        offer.lookAtPostgis(connection);
        offer.lookAtTimescaledb(connection);
        return offer;
    }

    Capabilities capabilities() {
        return new Capabilities(postgis, timescaledb);
    }

    /** What is missing and what would help, for the operator. */
    List<String> notes() {
        return notes;
    }

    /** Creates the extensions that are wanted and not there yet. */
    static void createExtensions(Connection connection, Capabilities wanted) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (wanted.timescaledb() && !extensionInstalled(connection, "timescaledb")) {
                statement.execute("CREATE EXTENSION timescaledb");
            }
            if (wanted.postgis() && !extensionInstalled(connection, "postgis")) {
                statement.execute("CREATE EXTENSION postgis");
            }
        }
    }

    private void lookAtPostgis(Connection connection) throws SQLException {
        if (extensionInstalled(connection, "postgis")) {
            postgis = ask(connection, "SELECT to_regtype('geometry') IS NOT NULL");
            if (!postgis) {
                notes.add(
                        "PostGIS is installed in a schema that is not on the search path; put it there, then run: findmy tools db adopt");
            }
        } else if (!extensionAvailable(connection, "postgis")) {
            notes.add("PostGIS is not on this server; locations are kept as PostgreSQL points.");
        } else if (mayCreate(connection, "postgis")) {
            postgis = true;
        } else {
            notes.add(mayNotCreate("PostGIS", "postgis"));
        }
    }

    private void lookAtTimescaledb(Connection connection) throws SQLException {
        boolean installed = extensionInstalled(connection, "timescaledb");
        if (!installed && !extensionAvailable(connection, "timescaledb")) {
            notes.add("TimescaleDB is not on this server; the history is kept in ordinary tables.");
        } else if (!installed && !preloaded(connection)) {
            notes.add(
                    "TimescaleDB is on this server but not loaded; add timescaledb to shared_preload_libraries, restart"
                            + " the server, then run: findmy tools db adopt");
        } else if (ask(connection, "SELECT coalesce(current_setting('timescaledb.license', true), '') = 'apache'")) {
            notes.add("TimescaleDB runs here under its Apache license, without continuous aggregates; set"
                    + " timescaledb.license = 'timescale', then run: findmy tools db adopt");
        } else if (installed || mayCreate(connection, "timescaledb")) {
            timescaledb = true;
        } else {
            notes.add(mayNotCreate("TimescaleDB", "timescaledb"));
        }
    }

    private static String mayNotCreate(String name, String extension) {
        return name + " is on this server, but this role may not create it; let a superuser run in this database: "
                + (extension.equals("postgis") ? "DROP FUNCTION IF EXISTS st_geomfromtext(text, integer); " : "")
                + "CREATE EXTENSION " + extension + "; then run: findmy tools db adopt";
    }

    /** The list of preloaded libraries is hidden from ordinary roles, but what a preloaded library defines is not. */
    private static boolean preloaded(Connection connection) throws SQLException {
        return ask(connection, "SELECT current_setting('timescaledb.disable_load', true) IS NOT NULL");
    }

    private static boolean extensionInstalled(Connection connection, String name) throws SQLException {
        return ask(connection, "SELECT count(*) > 0 FROM pg_extension WHERE extname = '" + name + "'");
    }

    private static boolean extensionAvailable(Connection connection, String name) throws SQLException {
        return ask(connection, "SELECT count(*) > 0 FROM pg_available_extensions WHERE name = '" + name + "'");
    }

    private static boolean mayCreate(Connection connection, String name) throws SQLException {
        return ask(
                connection,
                "SELECT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) OR EXISTS (SELECT 1 FROM"
                        + " pg_available_extension_versions v JOIN pg_available_extensions e ON e.name = v.name AND"
                        + " e.default_version = v.version WHERE v.name = '" + name + "' AND v.trusted AND"
                        + " has_database_privilege(current_database(), 'CREATE'))");
    }

    private static boolean ask(Connection connection, String question) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(question)) {
            row.next();
            return row.getBoolean(1);
        }
    }
}

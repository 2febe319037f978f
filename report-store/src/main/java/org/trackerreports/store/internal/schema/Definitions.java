package org.trackerreports.store.internal.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.trackerreports.store.internal.sql.CompressedChunks;
import org.trackerreports.store.internal.sql.Sql;
import org.trackerreports.store.schema.Capabilities;

/** The part of the schema that depends on the server: the files that create it, and the record of which were used. */
public final class Definitions {

    private static final String RESOURCES = "/org/trackerreports/store/";

    /** The name of the column of flags up to migration 5, and since. */
    private static final String FIRST_FLAGS_COLUMN = "marks";

    private static final String FLAGS_COLUMN = "wrong_flags";

    private Definitions() {}

    /** Creates functions and history for these capabilities in a database that has the tables. */
    static void create(Connection connection, Capabilities capabilities) throws SQLException {
        run(connection, capabilities.postgis() ? "spatial-postgis" : "spatial-point", capabilities);
        createHistory(connection, capabilities, FIRST_FLAGS_COLUMN);
        run(connection, "history-view", capabilities);
        remember(connection, capabilities);
    }

    /** What announces rows of other programs, and the refresh of hours, for the names of the flags since migration 6. */
    static void createFeed(Connection connection, Capabilities capabilities) throws SQLException {
        run(connection, "reports-announced", capabilities);
        if (!capabilities.timescaledb()) {
            run(connection, "history-plain-refresh", capabilities, FLAGS_COLUMN);
        }
        CompressedChunks.allowChanges(connection);
        run(connection, "flags-renamed", capabilities);
    }

    /** Creates hours, days, and the views of both, as all migrations together do. */
    static void createHistory(Connection connection, Capabilities capabilities) throws SQLException {
        createHistory(connection, capabilities, FLAGS_COLUMN);
        reviseHistory(connection, capabilities);
    }

    private static void createHistory(Connection connection, Capabilities capabilities, String flagsColumn)
            throws SQLException {
        if (capabilities.timescaledb()) {
            run(connection, "history-timescaledb", capabilities, flagsColumn);
        } else {
            run(connection, "history-plain", capabilities, flagsColumn);
            run(connection, "history-plain-refresh", capabilities, flagsColumn);
        }
    }

    /** Changes the views of hours and days, and what only TimescaleDB has. */
    static void reviseHistory(Connection connection, Capabilities capabilities) throws SQLException {
        run(connection, "history-revised", capabilities);
        if (capabilities.timescaledb()) {
            run(connection, "history-revised-timescaledb", capabilities);
        }
    }

    /** Creates the procedure that removes old reports with TimescaleDB. */
    static void createRetention(Connection connection, Capabilities capabilities) throws SQLException {
        if (capabilities.timescaledb()) {
            run(connection, "retention-timescaledb", capabilities);
        }
    }

    static void run(Connection connection, String name, Capabilities capabilities) throws SQLException {
        run(connection, name, capabilities, FLAGS_COLUMN);
    }

    private static void run(Connection connection, String name, Capabilities capabilities, String flagsColumn)
            throws SQLException {
        String sql = resource("definitions/" + name + ".sql")
                .replace("${location_type}", capabilities.locationType())
                .replace("${flags}", flagsColumn);
        Sql.on(connection, sql).execute();
    }

    /** The capabilities that a migrated database was built with. */
    public static Capabilities read(Connection connection) throws SQLException {
        Map<String, String> settings = new HashMap<>();
        Sql.on(connection, "SELECT name, value FROM store_settings")
                .forEach(row -> settings.put(row.getString(1), row.getString(2)));
        return new Capabilities(
                Boolean.parseBoolean(settings.get("postgis")), Boolean.parseBoolean(settings.get("timescaledb")));
    }

    /** The capabilities that the database was built with; empty if the tables were never created. */
    public static Optional<Capabilities> readIfBuilt(Connection connection) throws SQLException {
        return tableExists(connection, "store_settings") ? Optional.of(read(connection)) : Optional.empty();
    }

    static boolean tableExists(Connection connection, String table) throws SQLException {
        return Sql.on(connection, "SELECT to_regclass(?) IS NOT NULL", table).one(row -> row.getBoolean(1));
    }

    static void remember(Connection connection, Capabilities capabilities) throws SQLException {
        Sql.on(
                        connection,
                        "INSERT INTO store_settings VALUES ('postgis', ?), ('timescaledb', ?)"
                                + " ON CONFLICT (name) DO UPDATE SET value = EXCLUDED.value",
                        Boolean.toString(capabilities.postgis()),
                        Boolean.toString(capabilities.timescaledb()))
                .update();
    }

    /** The text of an SQL file of this library. */
    static String resource(String name) {
        try (InputStream in = Definitions.class.getResourceAsStream(RESOURCES + name)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the resource " + name, e);
        }
    }
}

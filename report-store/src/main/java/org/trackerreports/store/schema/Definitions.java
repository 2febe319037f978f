package org.trackerreports.store.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The part of the schema that depends on the server: which files make it, and the record of which were used. */
public final class Definitions {

    private Definitions() {}

    /** Creates functions and history for these capabilities in a database that has the tables. */
    public static void create(Connection connection, Capabilities capabilities) throws SQLException {
        run(connection, capabilities.postgis() ? "spatial-postgis" : "spatial-point", capabilities);
        run(connection, capabilities.timescaledb() ? "history-timescaledb" : "history-plain", capabilities);
        run(connection, "history-view", capabilities);
        remember(connection, capabilities);
    }

    /** Creates what removes old reports, where that is more than deleting rows. */
    public static void createRetention(Connection connection, Capabilities capabilities) throws SQLException {
        if (capabilities.timescaledb()) {
            run(connection, "retention-timescaledb", capabilities);
        }
    }

    public static void run(Connection connection, String name, Capabilities capabilities) throws SQLException {
        String sql = resource(name + ".sql").replace("${location_type}", capabilities.locationType());
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    public static Capabilities read(Connection connection) throws SQLException {
        boolean postgis = false;
        boolean timescaledb = false;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT name, value FROM store_settings")) {
            while (row.next()) {
                switch (row.getString("name")) {
                    case "postgis" -> postgis = Boolean.parseBoolean(row.getString("value"));
                    case "timescaledb" -> timescaledb = Boolean.parseBoolean(row.getString("value"));
                    default -> {
                        // Settings of others that read them where they need them.
                    }
                }
            }
        }
        return new Capabilities(postgis, timescaledb);
    }

    public static void remember(Connection connection, Capabilities capabilities) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("INSERT INTO store_settings VALUES ('postgis', ?), ('timescaledb', ?)"
                        + " ON CONFLICT (name) DO UPDATE SET value = EXCLUDED.value")) {
            statement.setString(1, Boolean.toString(capabilities.postgis()));
            statement.setString(2, Boolean.toString(capabilities.timescaledb()));
            statement.execute();
        }
    }

    private static String resource(String name) {
        try (InputStream in = Definitions.class.getResourceAsStream("/org/trackerreports/store/definitions/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the class path resource " + name, e);
        }
    }
}

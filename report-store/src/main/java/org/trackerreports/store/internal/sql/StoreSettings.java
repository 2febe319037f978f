package org.trackerreports.store.internal.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** The table {@code store_settings}: what the store knows of itself, a text for each name. */
public final class StoreSettings {

    private StoreSettings() {}

    /** The value of a name, if it was ever set. */
    public static Optional<String> find(Connection connection, String name) throws SQLException {
        return Sql.on(connection, "SELECT value FROM store_settings WHERE name = ?", name)
                .first(row -> row.getString("value"));
    }

    /** Sets a value, whatever it was before. */
    public static void put(Connection connection, String name, String value) throws SQLException {
        Sql.on(
                        connection,
                        "INSERT INTO store_settings (name, value) VALUES (?, ?)"
                                + " ON CONFLICT (name) DO UPDATE SET value = EXCLUDED.value",
                        name,
                        value)
                .update();
    }
}

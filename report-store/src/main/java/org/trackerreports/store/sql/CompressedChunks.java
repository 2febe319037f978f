package org.trackerreports.store.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Changes to reports that TimescaleDB has compressed. */
public final class CompressedChunks {

    private CompressedChunks() {}

    /**
     * Lets the rest of the transaction change as many compressed reports as it has to. TimescaleDB stops at 100,000 by default,
     * which one old tracker has; the scheduler compresses again what was decompressed. Harmless elsewhere.
     */
    public static void allowChanges(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT set_config(name, '0', true) FROM pg_settings"
                    + " WHERE name = 'timescaledb.max_tuples_decompressed_per_dml_transaction'");
        }
    }
}

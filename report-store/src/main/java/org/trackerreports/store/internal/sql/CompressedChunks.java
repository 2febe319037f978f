package org.trackerreports.store.internal.sql;

import java.sql.Connection;
import java.sql.SQLException;

/** Changes to reports that TimescaleDB has compressed. */
public final class CompressedChunks {

    private CompressedChunks() {}

    /**
     * Removes the limit on how many compressed reports the rest of the transaction may change. TimescaleDB's default is 100,000, and one
     * old tracker can have more; the scheduler later compresses them again. Has no effect without TimescaleDB.
     */
    public static void allowChanges(Connection connection) throws SQLException {
        Sql.on(
                        connection,
                        "SELECT set_config(name, '0', true) FROM pg_settings"
                                + " WHERE name = 'timescaledb.max_tuples_decompressed_per_dml_transaction'")
                .execute();
    }
}

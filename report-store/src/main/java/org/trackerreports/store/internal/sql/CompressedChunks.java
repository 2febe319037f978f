package org.trackerreports.store.internal.sql;

import java.sql.Connection;
import java.sql.SQLException;

/** Changes to reports that TimescaleDB has compressed. */
public final class CompressedChunks {

    private CompressedChunks() {}

    /** As {@link #allowChanges}, until the end of the session or {@link #limitChanges}; for procedures that commit by themselves. */
    public static void allowChangesInSession(Connection connection) throws SQLException {
        set(connection, "'0', false");
    }

    /** Ends {@link #allowChangesInSession}. */
    public static void limitChanges(Connection connection) throws SQLException {
        set(connection, "reset_val, false");
    }

    /**
     * Removes the limit on how many compressed reports the rest of the transaction may change. TimescaleDB's default is 100,000, and one
     * old tracker can have more; the scheduler later compresses them again. Has no effect without TimescaleDB.
     */
    public static void allowChanges(Connection connection) throws SQLException {
        set(connection, "'0', true");
    }

    private static void set(Connection connection, String valueAndScope) throws SQLException {
        Sql.on(
                        connection,
                        "SELECT set_config(name, " + valueAndScope + ") FROM pg_settings"
                                + " WHERE name = 'timescaledb.max_tuples_decompressed_per_dml_transaction'")
                .execute();
    }
}

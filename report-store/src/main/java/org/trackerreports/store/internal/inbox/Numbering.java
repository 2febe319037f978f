package org.trackerreports.store.internal.inbox;

import java.sql.Connection;
import java.sql.SQLException;
import org.trackerreports.store.internal.sql.Sql;

/**
 * Gives positions in the feed. Whoever writes to the feed holds the lock of the feed until its commit, so that positions become visible in
 * their order.
 */
public final class Numbering {

    private static final String LOCK = "hashtextextended('report-store feed', 0)";

    private Numbering() {}

    /** Takes the lock of the feed until the end of the transaction; false if another session has it. */
    public static boolean tryLock(Connection connection) throws SQLException {
        return Sql.on(connection, "SELECT pg_try_advisory_xact_lock(" + LOCK + ")")
                .one(row -> row.getBoolean(1));
    }

    /** Waits for the lock of the feed, and takes it until the end of the transaction. */
    public static void lock(Connection connection) throws SQLException {
        Sql.on(connection, "SELECT pg_advisory_xact_lock(" + LOCK + ")").execute();
    }

    /** Gives positions to what waits in the inbox, and returns how much that was. Only for the holder of the lock. */
    public static int number(Connection connection) throws SQLException {
        // A transaction that saw another one's effects took its batch later, so causes come before their effects.
        return Sql.on(connection, """
            WITH taken AS (DELETE FROM report_inbox RETURNING *)
            INSERT INTO report_feed (batch, change, items, earliest, latest, trackers, times, ids, revisions, created_at)
            SELECT batch, change, items, earliest, latest, trackers, times, ids, revisions, created_at
              FROM taken ORDER BY abs(batch)""").update();
    }
}

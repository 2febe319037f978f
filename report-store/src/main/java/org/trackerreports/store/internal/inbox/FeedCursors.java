package org.trackerreports.store.internal.inbox;

import java.sql.Connection;
import java.sql.SQLException;
import org.trackerreports.store.internal.sql.Sql;

/** Keeps cursors right when reports are removed. */
public final class FeedCursors {

    /** How often an idle judge says that it is there. */
    public static final String JUDGE_HEARTBEAT = "interval '1 minute'";

    /** How long after that it counts as there. */
    public static final String JUDGED_WITHIN = "interval '3 minutes'";

    private FeedCursors() {}

    /**
     * Whoever is in the middle of an entry begins with it again. Items of an entry are counted, so removing one would make a reader pass
     * another.
     */
    public static void beginEntriesAgain(Connection connection) throws SQLException {
        Sql.on(
                        connection,
                        "UPDATE feed_cursors c SET item = 0 FROM report_feed f"
                                + " WHERE f.\"position\" = c.\"position\" AND c.item > 0 AND c.item < f.items AND f.change = 1")
                .execute();
    }
}

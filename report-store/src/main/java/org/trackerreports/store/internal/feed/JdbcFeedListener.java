package org.trackerreports.store.internal.feed;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.trackerreports.store.feed.FeedListener;
import org.trackerreports.store.internal.sql.Database;
import org.trackerreports.store.internal.sql.Sql;

/** Listens on a connection of its own. */
final class JdbcFeedListener implements FeedListener {

    private static final String PURPOSE = "listen for new reports";
    private static final String READ_ONLY = "25006";

    private final Connection connection;
    private final boolean listening;
    private final PGConnection notifications;

    private JdbcFeedListener(Connection connection, boolean listening) throws SQLException {
        this.connection = connection;
        this.listening = listening;
        this.notifications = connection.unwrap(PGConnection.class);
    }

    static JdbcFeedListener on(Database database, String channel) {
        try {
            Connection connection = database.dataSource().getConnection();
            try {
                return new JdbcFeedListener(connection, listens(connection, channel));
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw Database.translated(PURPOSE, e);
        }
    }

    /** A standby has no notifications. There, each wait ends as if one had come, so that who listens looks again. */
    private static boolean listens(Connection connection, String channel) throws SQLException {
        try {
            Sql.on(connection, "LISTEN " + channel).execute();
            return true;
        } catch (SQLException e) {
            if (READ_ONLY.equals(e.getSQLState())) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public boolean await(Duration time) {
        try {
            // 0 would wait for ever.
            PGNotification[] received = notifications.getNotifications((int) Math.max(1, time.toMillis()));
            return !listening || received != null && received.length > 0;
        } catch (SQLException e) {
            throw Database.translated(PURPOSE, e);
        }
    }

    @Override
    public void close() {
        try (connection) {
            // The connection goes back to its pool, where nobody reads notifications.
            if (listening) {
                Sql.on(connection, "UNLISTEN *").execute();
            }
        } catch (SQLException e) {
            throw Database.translated(PURPOSE, e);
        }
    }
}

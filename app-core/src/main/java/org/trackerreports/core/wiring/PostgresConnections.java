package org.trackerreports.core.wiring;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;
import org.trackerreports.core.time.UtcZone;

/**
 * Opens connections to PostgreSQL, also where the JVM's time zone has a name that the server does not know, and refuses a connection pooler
 * that cannot keep the state of a session. Thread-safe.
 */
final class PostgresConnections extends PGSimpleDataSource {

    private static final long serialVersionUID = 1L;

    /** A value of a parameter is refused; for a new connection, that is the name of the time zone. */
    private static final String INVALID_VALUE = "22023";

    /** A prepared statement does not exist, which is what such a pooler leads to sooner or later. */
    private static final String NO_SUCH_STATEMENT = "26000";

    private volatile boolean zoneUnknown;
    private volatile boolean checked;

    @Override
    public Connection getConnection(@Nullable String user, @Nullable String password) throws SQLException {
        Connection connection = connect(user, password);
        try {
            if (!checked) {
                refuseSharedSessions(connection, user, password);
                checked = true;
            }
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private Connection connect(@Nullable String user, @Nullable String password) throws SQLException {
        if (zoneUnknown) {
            return connectInUtc(user, password);
        }
        try {
            return super.getConnection(user, password);
        } catch (SQLException e) {
            if (!INVALID_VALUE.equals(e.getSQLState())) {
                throw e;
            }
            Connection connection = connectInUtc(user, password);
            zoneUnknown = true;
            return connection;
        }
    }

    private Connection connectInUtc(@Nullable String user, @Nullable String password) throws SQLException {
        return UtcZone.open(() -> super.getConnection(user, password));
    }

    /** Two open connections that lead to the same process of the server belong to a pooler that hands it out for single transactions. */
    private void refuseSharedSessions(Connection connection, @Nullable String user, @Nullable String password)
            throws SQLException {
        int process = process(connection);
        if (connection.unwrap(PGConnection.class).getBackendPID() == process) {
            // The server itself answers.
            return;
        }
        try (Connection second = connect(user, password)) {
            if (process(second) == process) {
                throw new SQLException("a connection pooler shares sessions", NO_SUCH_STATEMENT);
            }
        }
    }

    private static int process(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }
}

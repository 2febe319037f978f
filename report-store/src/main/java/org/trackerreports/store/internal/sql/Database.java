package org.trackerreports.store.internal.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.postgresql.util.PSQLException;
import org.trackerreports.store.error.StoreException;

/** Borrows connections, begins and ends transactions, and translates failures. Thread-safe. */
public record Database(DataSource dataSource) {

    /** Work on a connection with a result. */
    @FunctionalInterface
    public interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** Work on a connection without a result. */
    @FunctionalInterface
    public interface Action {
        void on(Connection connection) throws SQLException;
    }

    /** Transient classes of SQLSTATE: connection, resources, operator intervention, conflict with another transaction. */
    private static final Set<String> TRANSIENT_CLASSES = Set.of("08", "53", "57", "40");

    private static final String NOT_SUPPORTED = "0A000";

    /**
     * A lock that another session holds, a standby that is being promoted, and a TimescaleDB that refuses the history: a person has to
     * restart it with another licence or to convert the database, and no report may be lost until then.
     */
    private static final Set<String> TRANSIENT_STATES = Set.of("55P03", "25006", NOT_SUPPORTED);

    /**
     * Runs the work in one transaction.
     *
     * @param purpose completes the message "could not …" of a failure
     */
    public <T> T transaction(String purpose, Work<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.on(connection);
                connection.commit();
                connection.setAutoCommit(true);
                return result;
            } catch (SQLException | RuntimeException | Error e) {
                rollBack(connection, e);
                throw e;
            }
        } catch (SQLException e) {
            throw translated(purpose, e);
        }
    }

    /** As {@link #transaction}, without a result. */
    public void inTransaction(String purpose, Action action) {
        transaction(purpose, connection -> {
            action.on(connection);
            return true;
        });
    }

    /** Runs reading work whose statements all see the database as of the first of them. */
    public <T> T snapshot(String purpose, Work<T> work) {
        return transaction(purpose, connection -> {
            Sql.on(connection, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                    .execute();
            return work.on(connection);
        });
    }

    /** Runs work in which each statement commits by itself. */
    public <T> T session(String purpose, Work<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw translated(purpose, e);
        }
    }

    /** If the connection is lost, rolling back fails as well. The first failure must stay visible. */
    private static void rollBack(Connection connection, Throwable cause) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            cause.addSuppressed(withoutDetail(e));
        }
    }

    /** The failure as this library reports it. */
    public static StoreException translated(String purpose, SQLException e) {
        String state = Optional.ofNullable(e.getSQLState()).orElse("");
        boolean worthRepeating = e instanceof SQLTransientException
                || TRANSIENT_STATES.contains(state)
                || (state.length() == 5 && TRANSIENT_CLASSES.contains(state.substring(0, 2)));
        SQLException reason = reason(e);
        return new StoreException(
                "could not " + purpose + ": " + firstLine(reason)
                        + (state.equals(NOT_SUPPORTED) ? "; to see why, run: findmy tools db status" : "")
                        + (worthRepeating ? " (worth repeating)" : ""),
                withoutDetail(reason),
                worthRepeating);
    }

    /** A connection pool reports that it has no connection; the cause holds the server's reason. */
    private static SQLException reason(SQLException e) {
        return e.getCause() instanceof SQLException cause ? reason(cause) : e;
    }

    /** The detail lines of the driver's message contain values of rows, which must not get into logs. */
    private static SQLException withoutDetail(SQLException e) {
        SQLException copy = new SQLException(firstLine(e), e.getSQLState());
        copy.setStackTrace(e.getStackTrace());
        return copy;
    }

    private static String firstLine(SQLException e) {
        String state = e.getSQLState() == null ? "no SQLSTATE" : "SQLSTATE " + e.getSQLState();
        if (e instanceof PSQLException server && server.getServerErrorMessage() != null) {
            return server.getServerErrorMessage().getMessage() + " (" + state + ")";
        }
        String message = Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName());
        return message.lines().findFirst().orElse("") + " (" + state + ")";
    }
}

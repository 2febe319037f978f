package org.trackerreports.store.sql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.postgresql.util.PSQLException;
import org.trackerreports.store.error.StoreException;

/** Borrows connections, sets the borders of transactions and translates failures. Thread-safe. */
public final class Database {

    /** Something done with a connection that may fail as JDBC does. */
    public interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** Classes of SQLSTATE whose cause passes by itself: connection, resources, operator intervention, other transactions. */
    private static final Set<String> PASSING_CLASSES = Set.of("08", "53", "57", "40");

    /** A lock that somebody else holds, and a standby that is about to become the primary. */
    private static final Set<String> PASSING_STATES = Set.of("55P03", "25006");

    private final DataSource dataSource;

    public Database(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * Runs the work in one transaction.
     *
     * @param purpose completes the sentence "could not …" of a failure's message
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

    /** Runs work for which each statement may commit by itself. */
    public <T> T session(String purpose, Work<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw translated(purpose, e);
        }
    }

    /** A connection that was lost cannot be told anything; that must not hide why it was lost. */
    private static void rollBack(Connection connection, Throwable cause) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            cause.addSuppressed(withoutDetail(e));
        }
    }

    public static StoreException translated(String purpose, SQLException e) {
        String state = Optional.ofNullable(e.getSQLState()).orElse("");
        boolean passing = e instanceof SQLTransientException
                || PASSING_STATES.contains(state)
                || (state.length() == 5 && PASSING_CLASSES.contains(state.substring(0, 2)));
        SQLException reason = reason(e);
        return new StoreException(
                "could not " + purpose + ": " + firstLine(reason) + (passing ? " (worth repeating)" : ""),
                withoutDetail(reason),
                passing);
    }

    /** A pool only says that it has no connection; why the server gave none is behind that. */
    private static SQLException reason(SQLException e) {
        return e.getCause() instanceof SQLException cause ? reason(cause) : e;
    }

    /** The driver's own message repeats the contents of rows in its detail lines, which must not get into logs. */
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

    public static OffsetDateTime utc(Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    public static Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}

package org.trackerreports.core.failure;

import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Optional;

/** Finds out why a database cannot be used. The pool only reports that it has no connection. */
final class DatabaseFailure {

    /** Classes of SQLSTATE: its first two characters. */
    private static final String CONNECTION = "08";

    private static final String SIGN_IN = "28";
    private static final String NO_DATABASE = "3D";

    private DatabaseFailure() {}

    /** Empty if the database can be used. */
    static Optional<Failure> of(Throwable thrown) {
        Optional<SQLException> server = Optional.empty();
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException host) {
                return Optional.of(new Failure(
                        ExitCode.UNAVAILABLE,
                        "The host " + host.getMessage()
                                + " of PostgreSQL is unknown; check DB_HOST and the name server."));
            }
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                // The innermost exception comes from the server.
                server = Optional.of(sql);
            }
        }
        return server.flatMap(DatabaseFailure::of);
    }

    private static Optional<Failure> of(SQLException server) {
        String message = String.valueOf(server.getMessage()).lines().findFirst().orElse("");
        return switch (server.getSQLState()
                .substring(0, Math.min(2, server.getSQLState().length()))) {
            case CONNECTION ->
                Optional.of(new Failure(
                        ExitCode.UNAVAILABLE,
                        "PostgreSQL does not answer (" + message
                                + "); check DB_HOST and DB_PORT, or try again later."));
            case SIGN_IN ->
                Optional.of(new Failure(
                        ExitCode.CONFIGURATION,
                        "PostgreSQL refused the sign-in (" + message + "); check DB_USER and DB_PASSWORD."));
            case NO_DATABASE ->
                Optional.of(new Failure(
                        ExitCode.CONFIGURATION,
                        "PostgreSQL says: " + message + "; check DB_NAME, or create the database."));
            default -> Optional.empty();
        };
    }
}

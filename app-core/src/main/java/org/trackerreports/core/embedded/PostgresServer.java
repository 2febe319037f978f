package org.trackerreports.core.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * The embedded PostgreSQL: durable, with a password, bound to loopback, in its own process group so that Ctrl-C does not end it before
 * the daemon.
 */
final class PostgresServer implements AutoCloseable {

    private static final String LOGIN_TIMEOUT_SECONDS = "30";

    private static final Duration START_LIMIT = Duration.ofMinutes(5);

    private final EmbeddedPostgres server;

    private PostgresServer(EmbeddedPostgres server) {
        this.server = server;
    }

    /**
     * Starts the server on a data directory, and creates the directory, the role and the database if they are missing.
     *
     * @param binaries where the server's programs are unpacked
     * @param password of the superuser and of the application's role
     */
    static PostgresServer start(
            DataDirectory directory, Path binaries, int port, ServerPassword password, Polling polling)
            throws EmbeddedServersException {
        try {
            Path data = directory.directory("postgresql");
            BackgroundProcess.stopLeftover(data.resolve("postmaster.pid"), "postgres", polling);
            Files.createDirectories(binaries);
            ProcessBuilder.Redirect log = ProcessBuilder.Redirect.appendTo(
                    directory.resolve("postgresql.log").toFile());
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(binaries.toFile())
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setRegisterShutdownHook(false)
                    .setPort(port)
                    .setPGStartupWait(START_LIMIT)
                    .setOutputRedirector(log)
                    .setErrorRedirector(log)
                    // These two become arguments of initdb; the later --auth wins over the library's trust.
                    .setLocaleConfig("auth", "scram-sha-256")
                    .setLocaleConfig("pwfile", password.file().toString())
                    .setConnectConfig("password", password.value())
                    // Whatever else listens on the port must not keep the start waiting for an answer that never comes.
                    .setConnectConfig("loginTimeout", LOGIN_TIMEOUT_SECONDS)
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("max_connections", "60")
                    .setServerConfig("unix_socket_directories", "")
                    .start();
            prepare(server, password.value());
            return new PostgresServer(server);
        } catch (IOException | IllegalStateException | SQLException e) {
            throw new EmbeddedServersException(
                    "the embedded PostgreSQL does not start (" + e.getMessage() + "); see "
                            + directory.resolve("postgresql.log"),
                    e);
        }
    }

    private static void prepare(EmbeddedPostgres server, String password) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            if (!exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?")) {
                // The password is base64url, so it needs no quoting beyond the quotes.
                statement.execute("CREATE ROLE " + ServerAddresses.USER + " LOGIN PASSWORD '" + password + "'");
            }
            if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?")) {
                statement.execute("CREATE DATABASE " + ServerAddresses.USER + " OWNER " + ServerAddresses.USER);
            }
        }
    }

    private static boolean exists(Connection connection, String query) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, ServerAddresses.USER);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    int port() {
        return server.getPort();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}

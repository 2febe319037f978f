package org.trackerreports.core.embedded;

import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.trackerreports.core.time.UtcZone;
import org.trackerreports.findmy.file.OwnerOnlyFiles;

/**
 * The embedded PostgreSQL: durable, on a Unix socket, with a password for each role. It has its own process group, so that Ctrl-C does
 * not end it before the daemon.
 */
final class PostgresServer implements AutoCloseable {

    private static final String SUPERUSER = "postgres";
    private static final String OWN_SETTINGS = "trackerreports.conf";
    private static final String INCLUDE = "\ninclude '" + OWN_SETTINGS + "'\n";
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Path programs;
    private final Path data;
    private final Path log;

    private PostgresServer(Path programs, Path data, Path log) {
        this.programs = programs;
        this.data = data;
        this.log = log;
    }

    /**
     * Starts the server on a data directory, and creates the directory, the role and the database if they are missing.
     *
     * @param programs the directory of the server's programs
     * @param superuser the superuser's password; used when the data directory is created
     * @param password the password of the application's role
     */
    static PostgresServer start(
            DataDirectory directory,
            Path programs,
            ServerSockets sockets,
            ServerPassword superuser,
            ServerPassword password)
            throws EmbeddedServersException {
        Path log = directory.resolve("postgresql.log");
        try {
            Path data = directory.resolve("postgresql");
            PostgresServer server = new PostgresServer(programs, data, directory.privateFile("postgresql.log"));
            server.create(directory, superuser);
            server.configure(sockets);
            server.run(data, "pg_ctl", "start", "-w", "-t", Long.toString(LIMIT.toSeconds()));
            try {
                prepare(sockets, superuser, password);
                return server;
            } catch (SQLException | RuntimeException e) {
                server.close();
                throw e;
            }
        } catch (IOException | SQLException e) {
            throw new EmbeddedServersException(
                    "the embedded PostgreSQL does not start (" + e.getMessage() + "); see " + log, e);
        }
    }

    /** Stops the server if it outlived its owner. */
    static void stopLeftover(DataDirectory directory, Polling polling) throws EmbeddedServersException, IOException {
        BackgroundProcess.stopLeftover(directory.resolve("postgresql/postmaster.pid"), "postgres", polling);
    }

    /** Under another name until it is complete, so that a start that is killed leaves nothing that looks like a database. */
    private void create(DataDirectory directory, ServerPassword superuser) throws IOException {
        if (Files.exists(data.resolve("PG_VERSION"))) {
            return;
        }
        Path draft = directory.resolve("postgresql.new");
        Programs.delete(draft);
        // The language of the machine plays no part: not in the encoding, not in the order of texts, not in messages.
        run(
                draft,
                "initdb",
                "--username=" + SUPERUSER,
                "--auth=scram-sha-256",
                "--pwfile=" + superuser.file(),
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8");
        try {
            Files.deleteIfExists(data);
        } catch (DirectoryNotEmptyException e) {
            throw new IOException(data + " is not a complete data directory of PostgreSQL; move it away", e);
        }
        Files.move(draft, data);
    }

    private void configure(ServerSockets sockets) throws IOException {
        OwnerOnlyFiles.replace(
                data.resolve(OWN_SETTINGS),
                String.join(
                                "\n",
                                "# Written at each start. Your own settings belong into postgresql.conf, after the line that includes this.",
                                "listen_addresses = '" + (sockets.databasePort() == 0 ? "" : "127.0.0.1") + "'",
                                "port = " + sockets.databaseNumber(),
                                "unix_socket_directories = " + quoted(sockets.directory()),
                                "unix_socket_permissions = 0700",
                                "max_connections = 60",
                                "fsync = on",
                                "synchronous_commit = on",
                                // A checkpoint writes each page that changed, and after it each page is logged in full
                                // when it changes first. Few of them spare the card of a small board. After a crash its
                                // four hours are replayed in a second; more than max_wal_size, 1 GB, never is.
                                "checkpoint_timeout = 4h",
                                "wal_compression = on",
                                // Nobody replicates it. Otherwise it would note every 15 s what runs, and write a page
                                // for that.
                                "wal_level = minimal",
                                "max_wal_senders = 0",
                                "max_logical_replication_workers = 0",
                                // Processes that read for others, which few reads need.
                                "io_method = sync",
                                "password_encryption = scram-sha-256",
                                // More are for passwords that can be guessed, not for 24 random bytes, and the usual
                                // 4,096 took a tenth of the processor time of a start.
                                "scram_iterations = 1",
                                "")
                        .getBytes(StandardCharsets.UTF_8));
        Path settings = data.resolve("postgresql.conf");
        if (!Files.readString(settings, StandardCharsets.ISO_8859_1).contains(INCLUDE)) {
            Files.writeString(settings, INCLUDE, StandardOpenOption.APPEND);
        }
    }

    /** The value is a list, whose elements are quoted, too. */
    private static String quoted(Path path) {
        String element = path.toString().replace("\"", "\"\"");
        return "'\"" + element.replace("\\", "\\\\").replace("'", "''") + "\"'";
    }

    private static void prepare(ServerSockets sockets, ServerPassword superuser, ServerPassword password)
            throws SQLException {
        try (Connection connection = UtcZone.open(() ->
                        DriverManager.getConnection(sockets.databaseUrl(SUPERUSER), SUPERUSER, superuser.value()));
                Statement statement = connection.createStatement()) {
            String role = ServerAddresses.USER;
            if (!exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?")) {
                statement.execute("CREATE ROLE " + role + " LOGIN");
            }
            // Each time: older versions gave it the superuser's, and hashed both in 4,096 iterations.
            setPassword(statement, role, password);
            setPassword(statement, SUPERUSER, superuser);
            if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?")) {
                statement.execute("CREATE DATABASE " + role + " OWNER " + role);
            }
        }
    }

    /** A password is base64url, so it needs no quoting beyond the quotes. */
    private static void setPassword(Statement statement, String role, ServerPassword password) throws SQLException {
        statement.execute("ALTER ROLE " + role + " PASSWORD '" + password.value() + "'");
    }

    private static boolean exists(Connection connection, String query) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, ServerAddresses.USER);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    /** Runs a program of PostgreSQL. The directory is no argument, because pg_ctl hands its arguments to a shell. */
    private void run(Path directory, String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (LinuxUtils.isUnshareAvailable()) {
            // PostgreSQL refuses to run as root; in a namespace of its own it is not.
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("PGDATA", directory.toString());
        builder.environment().put("LC_ALL", "C");
        try {
            Process process = builder.start();
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroy();
                throw new IOException(program + " does not end");
            }
            if (process.exitValue() != 0) {
                throw new IOException(program + " ended with exit code " + process.exitValue());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + program + " was running", e);
        }
    }

    @Override
    public void close() throws IOException {
        run(data, "pg_ctl", "stop", "-m", "fast", "-w", "-t", Long.toString(LIMIT.toSeconds()));
    }
}

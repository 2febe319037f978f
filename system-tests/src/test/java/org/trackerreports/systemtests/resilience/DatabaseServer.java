package org.trackerreports.systemtests.resilience;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.trackerreports.store.Schema;
import org.trackerreports.store.schema.DatabasePurpose;
import org.trackerreports.testsupport.FreePorts;

/** A PostgreSQL that all instances share, and that can be stopped and started again with its data. */
final class DatabaseServer implements AutoCloseable {

    static final String USER = "postgres";

    private final Path directory;
    private final int port;
    private EmbeddedPostgres server;

    /**
     * Starts the server.
     *
     * @param directory for its data
     */
    DatabaseServer(Path directory) {
        this.directory = directory;
        this.port = FreePorts.next();
        start();
    }

    void start() {
        ProcessBuilder.Redirect log = ProcessBuilder.Redirect.appendTo(
                directory.resolve("postgresql.log").toFile());
        try {
            server = EmbeddedPostgres.builder()
                    .setDataDirectory(data(directory))
                    .setCleanDataDirectory(false)
                    .setPort(port)
                    .setOutputRedirector(log)
                    .setErrorRedirector(log)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops it; open connections are cut. */
    void stop() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    private static Path data(Path directory) {
        return directory.resolve("postgresql");
    }

    /**
     * Starts another server that follows this one by streaming replication. It is made from a copy of the files, for which this one stops.
     *
     * @param other a new directory for its data
     */
    DatabaseServer standby(Path other) throws IOException {
        stop();
        copy(directory, other);
        start();
        Files.createFile(data(other).resolve("standby.signal"));
        Files.writeString(
                data(other).resolve("postgresql.auto.conf"),
                "primary_conninfo = 'host=127.0.0.1 port=" + port + " user=" + USER + "'\n",
                StandardOpenOption.APPEND);
        return new DatabaseServer(other);
    }

    /** With the attributes, because a server refuses a directory that others can read. */
    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectory(to);
        try (Stream<Path> files = Files.walk(data(from))) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    /** Makes a standby a primary, as a failover does. */
    void promote() throws SQLException {
        execute("SELECT pg_promote()");
    }

    /** Makes a further database. */
    DataSource create(String database) throws SQLException {
        execute("CREATE DATABASE " + database);
        return server.getDatabase(USER, database);
    }

    /** Lets the user "web" log in, and do in a database what the role serve does. */
    void grantServing(DataSource database) throws SQLException {
        execute("CREATE ROLE web LOGIN");
        Schema.grant(database, "web", DatabasePurpose.SERVE);
    }

    /** Runs SQL in the database that the instances use. */
    void execute(String sql) throws SQLException {
        execute(server.getPostgresDatabase(), sql);
    }

    /** Runs SQL in a database. */
    static void execute(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** What is stored of every report, in the form of {@link Truth}, in its order. */
    List<String> reports() throws SQLException {
        List<String> reports = new ArrayList<>();
        query(
                "SELECT hashed_adv_key, extract(epoch FROM \"timestamp\")::bigint, round(location[1] * 1e7)::int,"
                        + " round(location[0] * 1e7)::int, horizontal_accuracy::int, confidence, status"
                        + " FROM location_reports",
                row -> reports.add(Truth.line(
                        row.getString(1),
                        Instant.ofEpochSecond(row.getLong(2)),
                        row.getInt(3),
                        row.getInt(4),
                        row.getInt(5),
                        row.getInt(6),
                        row.getInt(7))));
        reports.sort(null);
        return reports;
    }

    /** How many reports are stored. */
    long reportCount() throws SQLException {
        return number("SELECT count(*) FROM location_reports");
    }

    /** A number that a query gives. */
    long number(String sql) throws SQLException {
        long[] number = new long[1];
        query(sql, row -> number[0] = row.getLong(1));
        return number[0];
    }

    private void query(String sql, RowReader reader) throws SQLException {
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
        try (Connection connection = DriverManager.getConnection(url, USER, "");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                reader.read(rows);
            }
        }
    }

    private interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    @Override
    public void close() {
        stop();
    }
}

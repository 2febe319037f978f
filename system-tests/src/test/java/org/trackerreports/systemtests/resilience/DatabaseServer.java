package org.trackerreports.systemtests.resilience;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
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
                    .setDataDirectory(data())
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

    /** Where its files are. */
    Path data() {
        return directory.resolve("postgresql");
    }

    /** Makes a further database. */
    DataSource create(String database) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + database);
        }
        return server.getDatabase(USER, database);
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

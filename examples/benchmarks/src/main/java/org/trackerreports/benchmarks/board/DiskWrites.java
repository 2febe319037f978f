package org.trackerreports.benchmarks.board;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;
import org.trackerreports.core.embedded.ServerAddresses;

/**
 * What the embedded servers write, by their own account: PostgreSQL counts pages of data and of its log ({@code pg_stat_io}), and Redis
 * appends to its log. The count of the kernel, {@code write_bytes} in {@code /proc}, is of no use: it adds a whole folio, up to 2 MB, for
 * each page of 8 kB.
 */
final class DiskWrites {

    private static final String SUPERUSER = "postgres";

    private final Path data;
    private final int databasePort;

    /**
     * Of running servers.
     *
     * @param data the daemon's {@code DATA_DIR}
     * @param databasePort where PostgreSQL listens on loopback
     */
    DiskWrites(Path data, int databasePort) {
        this.data = data;
        this.databasePort = databasePort;
    }

    /** Bytes since the servers started. */
    long bytes() throws IOException, SQLException {
        return database() + redis();
    }

    /**
     * Makes a checkpoint now.
     *
     * @return the bytes that it wrote
     */
    long checkpoint() throws IOException, SQLException {
        long before = database();
        try (Connection connection = connect(SUPERUSER, "servers.password");
                Statement statement = connection.createStatement()) {
            statement.execute("CHECKPOINT");
        }
        return database() - before;
    }

    /** How many the server makes by itself in a day. */
    double checkpointsInADay() throws IOException, SQLException {
        return number("SELECT extract(epoch FROM interval '1 day') / setting::int FROM pg_settings"
                + " WHERE name = 'checkpoint_timeout'");
    }

    private long database() throws IOException, SQLException {
        return (long) number("SELECT sum(coalesce(write_bytes, 0) + coalesce(extend_bytes, 0)) FROM pg_stat_io");
    }

    private double number(String query) throws IOException, SQLException {
        try (Connection connection = connect(ServerAddresses.USER, "database.password");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getDouble(1);
        }
    }

    private Connection connect(String role, String passwordFile) throws IOException, SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + databasePort + "/" + ServerAddresses.USER,
                role,
                Files.readString(data.resolve(passwordFile)).strip());
    }

    private long redis() throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("redis/appendonlydir"))) {
            long bytes = 0;
            for (Path file : files.toList()) {
                bytes += Files.size(file);
            }
            return bytes;
        }
    }
}

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

    private long database() throws IOException, SQLException {
        String password = Files.readString(data.resolve("database.password")).strip();
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + databasePort + "/" + ServerAddresses.USER,
                        ServerAddresses.USER,
                        password);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT sum(coalesce(write_bytes, 0) + coalesce(extend_bytes, 0)) FROM pg_stat_io")) {
            row.next();
            return row.getLong(1);
        }
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

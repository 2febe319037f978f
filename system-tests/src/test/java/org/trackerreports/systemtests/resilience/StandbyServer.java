package org.trackerreports.systemtests.resilience;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;
import org.trackerreports.testsupport.FreePorts;

/** A PostgreSQL that follows another one by streaming replication, made from a copy of its files. */
final class StandbyServer implements AutoCloseable {

    private final int port = FreePorts.next();
    private final EmbeddedPostgres server;

    /**
     * Copies a server, which is stopped for that, and follows it.
     *
     * @param directory for the copy
     */
    StandbyServer(DatabaseServer primary, Path directory) throws IOException {
        primary.stop();
        copy(primary.data(), directory);
        primary.start();
        Files.createFile(directory.resolve("standby.signal"));
        Files.writeString(
                directory.resolve("postgresql.auto.conf"),
                "primary_conninfo = 'host=127.0.0.1 port=" + primary.port() + " user=" + DatabaseServer.USER + "'\n",
                StandardOpenOption.APPEND);
        ProcessBuilder.Redirect log = ProcessBuilder.Redirect.appendTo(
                directory.resolveSibling("standby.log").toFile());
        server = EmbeddedPostgres.builder()
                .setDataDirectory(directory)
                .setCleanDataDirectory(false)
                .setPort(port)
                .setOutputRedirector(log)
                .setErrorRedirector(log)
                .start();
    }

    /** With the attributes, because a server refuses a directory that others can read. */
    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    int port() {
        return port;
    }

    /** Makes it a primary, as a failover does. */
    void promote() throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_promote()");
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}

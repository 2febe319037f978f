package org.trackerreports.systemtests.daemon;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.trackerreports.core.embedded.EmbeddedServers;
import org.trackerreports.core.embedded.ServerAddresses;
import org.trackerreports.systemtests.TestServers;
import org.trackerreports.testsupport.Directories;

/**
 * A PostgreSQL and a Redis for all tests of a run. Each system gets a database and a queue of its own on them.
 *
 * @see WithSharedServers
 */
final class SharedServers implements AutoCloseable {

    private static final String SUPERUSER = "postgres";

    private final Path directory = Files.createTempDirectory("shared-servers");
    private final EmbeddedServers servers;
    private int systems;

    SharedServers() throws Exception {
        servers = TestServers.start(directory);
    }

    /**
     * Gives a system a queue and a migrated database.
     *
     * @return the name of the database
     */
    String give(LocalSystem system) throws SQLException {
        ServerAddresses addresses = servers.addresses();
        String name = "system_" + ++systems;
        run("CREATE DATABASE " + name + " OWNER " + ServerAddresses.USER);
        system.with("DB_HOST", "127.0.0.1")
                .with("DB_PORT", Integer.toString(addresses.databasePort()))
                .with("DB_NAME", name)
                .with("DB_USER", ServerAddresses.USER)
                .with("DB_PASSWORD", addresses.databasePassword())
                .with("REDIS_URL", "redis://:" + addresses.redisPassword() + "@127.0.0.1:" + addresses.redisPort())
                .with("QUEUE_PREFIX", name);
        if (system.tools("db", "migrate").exitCode() != 0) {
            throw new AssertionError("The database could not be migrated.");
        }
        return name;
    }

    /** Closes all connections to a database and refuses new ones, until {@link #admit}. */
    void shut(String database) throws SQLException {
        run("ALTER DATABASE " + database + " WITH ALLOW_CONNECTIONS false");
        run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + database + "'");
    }

    void admit(String database) throws SQLException {
        run("ALTER DATABASE " + database + " WITH ALLOW_CONNECTIONS true");
    }

    /** Makes a database forget the requests that were made, who runs, and under which prefix. */
    void forgetBudgets(String database) throws SQLException {
        run(
                database,
                "TRUNCATE request_budgets CASCADE; TRUNCATE request_limits;"
                        + " DELETE FROM store_settings WHERE name = 'queue_prefix'");
    }

    private String superuserPassword() {
        try {
            return Files.readString(directory.resolve("servers.password"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run(String sql) throws SQLException {
        run(SUPERUSER, sql);
    }

    private void run(String database, String sql) throws SQLException {
        ServerAddresses addresses = servers.addresses();
        String url = "jdbc:postgresql://127.0.0.1:" + addresses.databasePort() + "/" + database;
        try (Connection connection = DriverManager.getConnection(url, SUPERUSER, superuserPassword());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() {
        servers.close();
        Directories.delete(directory);
    }
}

package org.trackerreports.store.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * TimescaleDB without PostGIS: PostgreSQL compiled to WebAssembly, behind a socket. It takes one connection at a time and has one
 * database, so each test class gets a process of its own and everything in it shares a connection.
 */
final class WasmServer implements TestServer {

    private static final Path DIRECTORY = Path.of("target", "timescaledb-wasm");
    private Optional<String> missing;

    @Override
    public synchronized Optional<String> missing() {
        if (missing == null) {
            missing = install();
        }
        return missing;
    }

    private static Optional<String> install() {
        if (Commands.output("node", "--version").isEmpty()
                || Commands.output("npm", "--version").isEmpty()) {
            return Optional.of("needs node and npm");
        }
        try {
            Files.createDirectories(DIRECTORY);
            for (String name : List.of("package.json", "server.mjs")) {
                Files.copy(
                        Path.of("src", "test", "timescaledb", name),
                        DIRECTORY.resolve(name),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Path log = DIRECTORY.resolve("npm.log").toAbsolutePath();
        boolean installed = Commands.run(
                DIRECTORY,
                log,
                List.of("npm", "install", "--legacy-peer-deps", "--no-audit", "--no-fund", "--prefer-offline"));
        return installed ? Optional.empty() : Optional.of("npm install failed, see " + log);
    }

    @Override
    public TestDatabase newDatabase() {
        return start(List.of("node", "server.mjs"));
    }

    /** A database whose data stay in a folder. It refuses what TimescaleDB's Apache licence does not allow, unless the folder is new. */
    TestDatabase keptIn(Path folder) {
        return start(List.of("node", "server.mjs", folder.toAbsolutePath().toString()));
    }

    private static TestDatabase start(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(DIRECTORY.toFile())
                    .redirectError(DIRECTORY.resolve("server.log").toFile())
                    .start();
            BufferedReader output =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            String port = output.readLine();
            if (port == null) {
                throw new IllegalStateException("the TimescaleDB test server did not start, see " + DIRECTORY);
            }
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setUrl("jdbc:postgresql://127.0.0.1:" + port + "/postgres?sslmode=disable");
            source.setUser("postgres");
            source.setPassword("postgres");
            Connection connection = source.getConnection();
            return new TestDatabase() {
                @Override
                public DataSource dataSource() {
                    return sharing(connection);
                }

                @Override
                public void close() {
                    process.destroy();
                    process.onExit().join();
                }
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException("could not connect to the TimescaleDB test server", e);
        }
    }

    @Override
    public void stop() {
        // Each database stops its own process.
    }

    /** A source that always gives the same connection, which closing does not close. */
    private static DataSource sharing(Connection connection) {
        Connection unclosable = (Connection) Proxy.newProxyInstance(
                WasmServer.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        return null;
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return (DataSource) Proxy.newProxyInstance(
                WasmServer.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getConnection")) {
                        return unclosable;
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
    }
}

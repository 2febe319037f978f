package org.trackerreports.store.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.trackerreports.testsupport.Directories;
import org.trackerreports.testsupport.FreePorts;

/**
 * A private cluster of the PostgreSQL that is installed on this machine, which has PostGIS and perhaps TimescaleDB. Without
 * preload, an installed TimescaleDB is there but cannot be used, as on many real servers.
 */
public final class InstalledServer implements TestServer {

    private final boolean withTimescaledb;
    private Path home;
    private int port;

    public InstalledServer(boolean withTimescaledb) {
        this.withTimescaledb = withTimescaledb;
    }

    @Override
    public Optional<String> missing() {
        Optional<String> share = Commands.output("pg_config", "--sharedir");
        if (share.isEmpty()) {
            return Optional.of("needs an installed PostgreSQL with pg_config (apt: postgresql libpq-dev)");
        }
        if (!Files.exists(Path.of(share.get(), "extension", "postgis.control"))) {
            return Optional.of("needs PostGIS in the installed PostgreSQL (apt: postgresql-15-postgis-3)");
        }
        if (withTimescaledb && !Files.exists(Path.of(share.get(), "extension", "timescaledb.control"))) {
            return Optional.of("needs TimescaleDB in the installed PostgreSQL, or -Dstore.test.url=jdbc:postgresql://…"
                    + " of a server with PostGIS and TimescaleDB");
        }
        return Optional.empty();
    }

    @Override
    public synchronized TestDatabase newDatabase() {
        start();
        return PooledDatabase.create(adminUrl());
    }

    /** The address of the cluster's own database, for a superuser. */
    public String adminUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=findmy";
    }

    /** Starts the cluster, a new one the first time. */
    public synchronized void start() {
        if (home == null) {
            create();
        }
        if (!control("start")) {
            throw new IllegalStateException("the test server did not start, see " + logFile());
        }
    }

    /** Stops the cluster as a crash would, keeping its data. */
    public synchronized void interrupt() {
        control("stop", "-m", "immediate");
    }

    @Override
    public synchronized void stop() {
        if (home != null) {
            control("stop", "-m", "immediate");
            Directories.delete(home);
            home = null;
        }
    }

    private void create() {
        port = FreePorts.next();
        try {
            home = Files.createTempDirectory("report-store-postgres");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (isRoot()) {
            Commands.output("chown", "postgres", home.toString());
        }
        if (!asServer(
                "initdb", "-D", data(), "-A", "trust", "-U", "findmy", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")) {
            throw new IllegalStateException("initdb failed, see " + logFile());
        }
    }

    private boolean control(String action, String... more) {
        List<String> command = new ArrayList<>(List.of(
                "pg_ctl", "-D", data(), "-w", "-l", home.resolve("server.log").toString()));
        if (action.equals("start")) {
            if (asServer("pg_ctl", "-D", data(), "status")) {
                return true;
            }
            command.add("-o");
            command.add("-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
                    + (withTimescaledb
                            ? " -c shared_preload_libraries=timescaledb -c timescaledb.telemetry_level=off"
                                    // Policies run when a test says so.
                                    + " -c timescaledb.max_background_workers=0"
                            : ""));
        }
        command.add(action);
        command.addAll(List.of(more));
        return asServer(command.toArray(String[]::new));
    }

    /** PostgreSQL refuses to run as root. */
    private boolean asServer(String... command) {
        List<String> all = new ArrayList<>(isRoot() ? List.of("runuser", "-u", "postgres", "--") : List.of());
        all.add(Path.of(Commands.output("pg_config", "--bindir").orElseThrow(), command[0])
                .toString());
        all.addAll(List.of(command).subList(1, command.length));
        return Commands.run(home, logFile(), all);
    }

    private String data() {
        return home.resolve("data").toString();
    }

    /** Outside the cluster's directory, so that it outlives it. */
    private Path logFile() {
        return Path.of("target", home.getFileName() + ".log").toAbsolutePath();
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }
}

package org.trackerreports.store.server;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The four combinations of PostGIS and TimescaleDB that the store must behave the same on. */
public enum ServerKind {
    PLAIN(false, false, new EmbeddedServer()),
    POSTGIS(true, false, new InstalledServer(false)),
    TIMESCALEDB(false, true, new WasmServer()),
    BOTH(true, true, GivenServer.isGiven() ? new GivenServer() : new InstalledServer(true));

    private static final Map<ServerKind, String> SKIPPED = new EnumMap<>(ServerKind.class);

    private final boolean postgis;
    private final boolean timescaledb;
    private final TestServer server;

    ServerKind(boolean postgis, boolean timescaledb, TestServer server) {
        this.postgis = postgis;
        this.timescaledb = timescaledb;
        this.server = server;
    }

    /** Makes an empty database, or skips the test and says why. */
    public TestDatabase newDatabase() {
        Optional<String> missing = server.missing();
        missing.ifPresent(reason -> {
            SKIPPED.put(this, reason);
            Assumptions.abort(this + " skipped: " + reason);
        });
        return server.newDatabase();
    }

    /**
     * TimescaleDB with its data in a folder, or skips the test and says why. On a folder that has data already, it refuses what
     * TimescaleDB's Apache licence does not allow.
     */
    public static TestDatabase timescaledbIn(Path folder) {
        WasmServer server = (WasmServer) TIMESCALEDB.server;
        server.missing().ifPresent(reason -> Assumptions.abort("TIMESCALEDB skipped: " + reason));
        return server.keptIn(folder);
    }

    public boolean postgis() {
        return postgis;
    }

    public boolean timescaledb() {
        return timescaledb;
    }

    /** Skips the test where only one connection at a time is possible. */
    public void assumeManyConnections() {
        Assumptions.assumeTrue(this != TIMESCALEDB, "this server takes one connection at a time");
    }

    /** Stops the servers when all tests are over, and tells which kinds were skipped and why. */
    public static final class StopAtTheEnd implements BeforeAllCallback {

        @Override
        public void beforeAll(ExtensionContext context) {
            context.getRoot().getStore(ExtensionContext.Namespace.GLOBAL).computeIfAbsent(ServerKind.class, key ->
                    (AutoCloseable) StopAtTheEnd::stop);
        }

        private static void stop() {
            for (ServerKind kind : values()) {
                kind.server.stop();
            }
            SKIPPED.forEach((kind, reason) -> System.out.println("Not tested on " + kind + ": " + reason));
        }
    }
}

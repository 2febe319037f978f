package org.trackerreports.store.server;

import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** The four combinations of PostGIS and TimescaleDB that the store must behave the same on. */
public enum ServerKind {
    PLAIN(new EmbeddedServer()),
    BOTH(new GivenServer());

    private final TestServer server;

    ServerKind(TestServer server) {
        this.server = server;
    }

    /** Makes an empty database, or skips the test and says why. */
    public TestDatabase newDatabase() {
        Optional<String> missing = server.missing();
        missing.ifPresent(reason -> Assumptions.abort(this + " skipped: " + reason));
        return server.newDatabase();
    }

    public boolean postgis() {
        return this == BOTH;
    }

    public boolean timescaledb() {
        return this == BOTH;
    }
}

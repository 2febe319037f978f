package org.trackerreports.store.server;

import java.util.Optional;

/** A server that somebody else runs, with PostGIS and TimescaleDB; its role must be allowed to create databases. */
final class GivenServer implements TestServer {

    private static final String PROPERTY = "store.test.url";

    static boolean isGiven() {
        return System.getProperty(PROPERTY) != null;
    }

    @Override
    public Optional<String> missing() {
        return Optional.empty();
    }

    @Override
    public TestDatabase newDatabase() {
        return PooledDatabase.create(System.getProperty(PROPERTY));
    }

    @Override
    public void stop() {
        // Not ours.
    }
}

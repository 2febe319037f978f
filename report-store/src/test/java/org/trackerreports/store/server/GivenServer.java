package org.trackerreports.store.server;

import java.util.Optional;

/** A server that somebody else runs, with PostGIS and TimescaleDB; its role must be allowed to create databases. */
final class GivenServer implements TestServer {

    private static final String PROPERTY = "store.test.url";

    @Override
    public Optional<String> missing() {
        return Optional.ofNullable(url()).isPresent()
                ? Optional.empty()
                : Optional.of("needs -D" + PROPERTY + "=jdbc:postgresql://… of a server with PostGIS and TimescaleDB");
    }

    @Override
    public TestDatabase newDatabase() {
        return PooledDatabase.create(url());
    }

    private static String url() {
        return System.getProperty(PROPERTY);
    }
}

package org.trackerreports.store.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** PostgreSQL from a jar, without any extension of ours. */
final class EmbeddedServer implements TestServer {

    private EmbeddedPostgres postgres;

    @Override
    public Optional<String> missing() {
        return Optional.empty();
    }

    @Override
    public synchronized TestDatabase newDatabase() {
        try {
            if (postgres == null) {
                postgres = EmbeddedPostgres.start();
            }
            return PooledDatabase.create(postgres.getJdbcUrl("postgres", "postgres"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void stop() {
        try {
            if (postgres != null) {
                postgres.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

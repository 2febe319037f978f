package org.trackerreports.store.server;

import java.util.Optional;
import javax.sql.DataSource;

/** An empty database for one test class. Closing it gives it back. */
public interface TestDatabase extends AutoCloseable {

    DataSource dataSource();

    /** What {@code pg_dump} writes, when there is one that understands this server. */
    default Optional<String> dump() {
        return Optional.empty();
    }

    @Override
    void close();
}

package org.trackerreports.store.server;

import javax.sql.DataSource;

/** An empty database for one test class. Closing it gives it back. */
public interface TestDatabase extends AutoCloseable {

    DataSource dataSource();

    @Override
    void close();
}

package org.trackerreports.store.server;

import java.util.Optional;

/** A database server for tests: started when first needed, and kept until the tests are over. */
interface TestServer {

    /** What this machine lacks for it. */
    Optional<String> missing();

    TestDatabase newDatabase();

    /** Stops what was started. */
    void stop();
}

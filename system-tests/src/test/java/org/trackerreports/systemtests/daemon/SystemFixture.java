package org.trackerreports.systemtests.daemon;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A system of its own for each test: a database and a queue on servers that all tests share, simulated services, a data directory. */
@ExtendWith(WithSharedServers.class)
abstract class SystemFixture {

    @TempDir
    Path directory;

    SharedServers servers;
    LocalSystem system;
    String database;

    @BeforeEach
    void prepare(SharedServers shared) throws Exception {
        servers = shared;
        system = new LocalSystem(directory);
        database = servers.give(system);
    }

    @AfterEach
    void close() {
        system.close();
    }

    static void within(int seconds, Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(seconds)).until(condition);
    }
}

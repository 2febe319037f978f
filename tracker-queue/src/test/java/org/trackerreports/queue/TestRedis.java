package org.trackerreports.queue;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.redisson.api.RedissonClient;
import org.trackerreports.testsupport.RedisServer;

/** A Redis server for one test, and clients that end with it. */
final class TestRedis implements AutoCloseable {

    final RedisServer server = RedisServer.start();
    private final List<RedissonClient> clients = new ArrayList<>();

    /** A client as applications use it. */
    RedissonClient client() {
        RedissonClient client = RedisClients.connect(server.url());
        clients.add(client);
        return client;
    }

    /** Waits until something is true although Redis may be unavailable meanwhile. */
    static void awaitDespiteOutage(Duration atMost, Callable<Boolean> condition) {
        await().atMost(atMost)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptionsInstanceOf(QueueUnavailableException.class)
                .until(condition);
    }

    @Override
    public void close() {
        clients.forEach(RedissonClient::shutdown);
        server.close();
    }
}

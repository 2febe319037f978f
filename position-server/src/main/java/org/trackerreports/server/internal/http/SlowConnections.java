package org.trackerreports.server.internal.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.ConnectionMetaData;

/**
 * Closes connections whose next request does not arrive within a time. A limit for idle connections is not enough: a request that is sent byte
 * by byte is never idle. Thread-safe.
 */
final class SlowConnections implements Connection.Listener {

    /** From the opening of a connection, or the end of an answer, to the end of the head of the next request. */
    private static final Duration HEAD = Duration.ofSeconds(60);

    /** From there to the end of its body. */
    private static final Duration BODY = Duration.ofSeconds(60);

    private final LongSupplier nanos;
    private final Map<Connection, Long> deadlines = new ConcurrentHashMap<>();

    SlowConnections(LongSupplier nanos) {
        this.nanos = nanos;
    }

    @Override
    public void onOpened(Connection connection) {
        // TLS has a connection of its own around this one.
        if (connection instanceof ConnectionMetaData) {
            awaitHead(connection);
        }
    }

    @Override
    public void onClosed(Connection connection) {
        deadlines.remove(connection);
    }

    void awaitHead(Connection connection) {
        deadlines.put(connection, nanos.getAsLong() + HEAD.toNanos());
    }

    void awaitBody(Connection connection) {
        deadlines.put(connection, nanos.getAsLong() + BODY.toNanos());
    }

    /** Its request is there. */
    void arrived(Connection connection) {
        deadlines.remove(connection);
    }

    /** Closes those that are late. To be called every few seconds. */
    void closeLate() {
        long now = nanos.getAsLong();
        deadlines.forEach((connection, deadline) -> {
            if (now - deadline > 0 && deadlines.remove(connection, deadline)) {
                connection.getEndPoint().close();
            }
        });
    }
}

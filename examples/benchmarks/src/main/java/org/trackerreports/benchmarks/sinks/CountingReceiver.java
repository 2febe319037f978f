package org.trackerreports.benchmarks.sinks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the events that it gets, and holds the request that has the last one it waits for. */
final class CountingReceiver implements AutoCloseable {

    private static final int MINUTES = 30;

    private final HttpServer server;
    private final long events;
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final AtomicLong count = new AtomicLong();

    /** Starts it. */
    CountingReceiver(long events) throws IOException {
        this.events = events;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
            String id = String.valueOf(exchange.getRequestHeaders().getFirst("webhook-id"));
            if (count.addAndGet(events(id)) >= events) {
                reached.countDown();
                released.await();
            }
            exchange.sendResponseHeaders(204, -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The id of a batch ends in the number of its events. */
    private static int events(String id) {
        return id.startsWith("bat_") ? Integer.parseInt(id.substring(id.lastIndexOf('_') + 1)) : 1;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    /** Waits until so many events came. */
    void awaitEvents() throws InterruptedException {
        if (!reached.await(MINUTES, TimeUnit.MINUTES)) {
            throw new IllegalStateException("only " + count + " of " + events + " events came");
        }
    }

    @Override
    public void close() {
        released.countDown();
        server.stop(0);
    }
}

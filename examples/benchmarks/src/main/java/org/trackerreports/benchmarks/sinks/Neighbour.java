package org.trackerreports.benchmarks.sinks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A receiver among others that one daemon tells. */
final class Neighbour implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 120;

    /** What it does with a request. */
    enum Manner {
        TAKES,
        NEVER_ANSWERS,
        FAILS,
        IS_BUSY,
        ENDS_EARLY,
        /** Nobody listens. */
        IS_GONE
    }

    private final Manner manner;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch end = new CountDownLatch(1);
    private final BlockingQueue<Long> arrivals = new LinkedBlockingQueue<>();

    Neighbour(Manner manner) throws IOException {
        this.manner = manner;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
        if (manner == Manner.IS_GONE) {
            server.stop(0);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
            arrivals.add(System.nanoTime());
            switch (manner) {
                case TAKES -> exchange.sendResponseHeaders(204, -1);
                case FAILS -> exchange.sendResponseHeaders(500, -1);
                case IS_BUSY -> exchange.sendResponseHeaders(429, -1);
                case NEVER_ANSWERS -> end.await();
                case ENDS_EARLY, IS_GONE -> {
                    // The exchange ends without an answer.
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    Manner manner() {
        return manner;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    /** Waits for the next request; the nanoseconds at which it came. */
    long awaitRequest() throws InterruptedException {
        Long arrival = arrivals.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (arrival == null) {
            throw new IllegalStateException("no request came to the receiver that " + manner);
        }
        return arrival;
    }

    @Override
    public void close() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}

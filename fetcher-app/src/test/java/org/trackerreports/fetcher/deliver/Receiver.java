package org.trackerreports.fetcher.deliver;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.trackerreports.testsupport.TestCertificate;

/** Receives webhooks, well or badly. Thread-safe. */
public final class Receiver implements AutoCloseable {

    /** How it answers. */
    public enum Mood {
        WELL,
        /** It has the events, but whoever sent them does not learn of it. */
        ENDS_AFTER_READING,
        ENDS_BEFORE_READING,
        ERROR,
        BUSY,
        PAGE,
        /** It has the events, and never answers. */
        HANGS,
        REFUSES,
        GONE,
        UNAUTHORIZED
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final String scheme;
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final CountDownLatch end = new CountDownLatch(1);
    private final Semaphore hanging = new Semaphore(0);
    private final List<JsonNode> received = Collections.synchronizedList(new ArrayList<>());
    private volatile Supplier<Mood> mood = () -> Mood.WELL;

    public Receiver() {
        this(Optional.empty());
    }

    /** One that speaks TLS, with this certificate. */
    Receiver(TestCertificate certificate) {
        this(Optional.of(certificate));
    }

    private Receiver(Optional<TestCertificate> certificate) {
        scheme = certificate.isPresent() ? "https" : "http";
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try {
            if (certificate.isPresent()) {
                HttpsServer tls = HttpsServer.create(anyPort, 0);
                tls.setHttpsConfigurator(new HttpsConfigurator(certificate.get().serverContext()));
                server = tls;
            } else {
                server = HttpServer.create(anyPort, 0);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(workers);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Mood now = mood.get();
            if (now == Mood.ENDS_BEFORE_READING) {
                return;
            }
            JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
            switch (now) {
                case WELL -> {
                    keep(body);
                    exchange.sendResponseHeaders(204, -1);
                }
                case ENDS_AFTER_READING -> keep(body);
                case ERROR -> exchange.sendResponseHeaders(500, -1);
                case BUSY -> {
                    exchange.getResponseHeaders().set("Retry-After", "7");
                    exchange.sendResponseHeaders(429, -1);
                }
                case PAGE -> {
                    exchange.sendResponseHeaders(502, 0);
                    exchange.getResponseBody().write("<html>Bad Gateway</html>".getBytes(UTF_8));
                }
                case HANGS -> {
                    keep(body);
                    hanging.release();
                    end.await();
                }
                case REFUSES -> exchange.sendResponseHeaders(422, -1);
                case GONE -> exchange.sendResponseHeaders(410, -1);
                case UNAUTHORIZED -> exchange.sendResponseHeaders(401, -1);
                default -> throw new AssertionError(now);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void keep(JsonNode body) {
        if (body.path("type").asText().equals("report.batch")) {
            body.path("data").path("events").forEach(received::add);
        } else {
            received.add(body);
        }
    }

    /** How it answers from now on. */
    public void mood(Supplier<Mood> next) {
        mood = next;
    }

    /** How it answers from now on. */
    public void mood(Mood always) {
        mood(() -> always);
    }

    /** Waits for a request that gets no answer. */
    public void awaitHanging() throws InterruptedException {
        if (!hanging.tryAcquire(30, TimeUnit.SECONDS)) {
            throw new AssertionError("no request came");
        }
    }

    public String url() {
        return scheme + "://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    /** All events, as often as they came. */
    public List<JsonNode> received() {
        synchronized (received) {
            return List.copyOf(received);
        }
    }

    /** Each event once, in the order in which it came first. */
    Map<String, JsonNode> distinct() {
        Map<String, JsonNode> distinct = new LinkedHashMap<>();
        received().forEach(event -> distinct.putIfAbsent(event.path("id").asText(), event));
        return distinct;
    }

    List<String> types() {
        return received().stream().map(event -> event.path("type").asText()).toList();
    }

    @Override
    public void close() {
        end.countDown();
        server.stop(0);
        workers.shutdownNow();
    }
}

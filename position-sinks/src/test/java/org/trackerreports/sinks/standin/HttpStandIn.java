package org.trackerreports.sinks.standin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.trackerreports.testsupport.TestCertificate;

/** An HTTP server on loopback that remembers what it was asked. Thread-safe. */
public final class HttpStandIn implements AutoCloseable {

    /** What to do with a request instead of answering it. */
    public enum Trouble {
        NONE,
        /** Says nothing for as long as the server runs. */
        HANG,
        /** Ends the connection without an answer. */
        CLOSE
    }

    /** What was asked. */
    public record Request(String method, URI uri, Map<String, List<String>> headers, byte[] body) {

        public String header(String name) {
            List<String> values = headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .flatMap(header -> header.getValue().stream())
                    .toList();
            return String.join(", ", values);
        }

        public String text() {
            return new String(body, UTF_8);
        }
    }

    /** What to answer. */
    public record Answer(int status, String contentType, String body, Map<String, String> headers, Trouble trouble) {

        public Answer(int status, String contentType, String body) {
            this(status, contentType, body, Map.of(), Trouble.NONE);
        }

        public static Answer of(int status) {
            return new Answer(status, "text/plain", "");
        }

        public static Answer of(Trouble trouble) {
            return new Answer(0, "", "", Map.of(), trouble);
        }

        public Answer with(String name, String value) {
            return new Answer(status, contentType, body, Map.of(name, value), trouble);
        }
    }

    private final HttpServer server;
    private final String scheme;
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final CountDownLatch end = new CountDownLatch(1);
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private volatile Function<Request, Answer> answers;

    public HttpStandIn(Function<Request, Answer> answers) {
        this(answers, "http", () -> HttpServer.create(anyPort(), 0));
    }

    /** One that speaks TLS, with this certificate. */
    public HttpStandIn(Function<Request, Answer> answers, TestCertificate certificate) {
        this(answers, "https", () -> {
            HttpsServer tls = HttpsServer.create(anyPort(), 0);
            tls.setHttpsConfigurator(new HttpsConfigurator(certificate.serverContext()));
            return tls;
        });
    }

    private interface Creation {
        HttpServer create() throws IOException;
    }

    private HttpStandIn(Function<Request, Answer> answers, String scheme, Creation creation) {
        this.answers = answers;
        this.scheme = scheme;
        try {
            server = creation.create();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(workers);
        server.start();
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Request request = new Request(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI(),
                    Map.copyOf(exchange.getRequestHeaders()),
                    exchange.getRequestBody().readAllBytes());
            requests.add(request);
            Answer answer = answers.apply(request);
            if (answer.trouble() == Trouble.HANG) {
                end.await();
            }
            if (answer.trouble() == Trouble.NONE) {
                byte[] body = answer.body().getBytes(UTF_8);
                exchange.getResponseHeaders().set("Content-Type", answer.contentType());
                answer.headers().forEach(exchange.getResponseHeaders()::set);
                exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Answers differently from now on. */
    public void answer(Function<Request, Answer> others) {
        answers = others;
    }

    public URI url(String path) {
        return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    public List<Request> requests() {
        return List.copyOf(requests);
    }

    public void forget() {
        requests.clear();
    }

    @Override
    public void close() {
        end.countDown();
        server.stop(0);
        workers.shutdownNow();
    }
}

package org.trackerreports.fetcher.operations;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.core.config.ConfigurationException;
import org.trackerreports.fetcher.operations.Page.Reply;

/**
 * A small HTTP server for read-only pages. It answers only under the names that it has. A client that neither sends nor reads for 10 s is
 * disconnected, and earlier if others wait: see {@link HttpWorkers}. Thread-safe.
 */
final class Endpoint implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Endpoint.class);
    private static final int MAX_CONCURRENT = 64;
    private static final String MAX_EXCHANGE_SECONDS = "10";

    static {
        // The JDK's server has no time limit by default, and takes one only as a property of the JVM.
        limit("sun.net.httpserver.maxReqTime");
        limit("sun.net.httpserver.maxRspTime");
    }

    private final HttpServer server;
    private final Map<String, Page> pages;
    private final HostNames names;
    private final HttpWorkers workers = new HttpWorkers(MAX_CONCURRENT);

    private Endpoint(HttpServer server, HostNames names, Map<String, Page> pages) {
        this.server = server;
        this.names = names;
        this.pages = Map.copyOf(pages);
        server.setExecutor(workers);
        server.createContext("/", this::handle);
        server.start();
    }

    private static void limit(String property) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, MAX_EXCHANGE_SECONDS);
        }
    }

    /**
     * Starts listening.
     *
     * @param host a name or an address of this machine
     * @param port 0 for any free one
     * @param furtherNames names besides those of loopback and the host under which it answers
     * @throws ConfigurationException if the port is in use or the address does not belong to this machine
     */
    static Endpoint open(String host, int port, List<String> furtherNames, Map<String, Page> pages)
            throws ConfigurationException {
        InetAddress address;
        try {
            address = InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new ConfigurationException(List.of("HTTP_BIND is '" + host
                    + "', which is not an address of this machine; expected one, for example 127.0.0.1"));
        }
        try {
            return new Endpoint(
                    HttpServer.create(new InetSocketAddress(address, port), 0),
                    new HostNames(host, address, furtherNames),
                    pages);
        } catch (IOException e) {
            throw new ConfigurationException(List.of("HTTP_PORT is " + port + " on HTTP_BIND " + host
                    + ", which cannot be listened on (" + e.getMessage()
                    + "); another daemon may use it: choose another port, for example --http-port " + (port + 1)
                    + ", or --http-port off"));
        }
    }

    /** The address that it listens on. */
    InetSocketAddress address() {
        return server.getAddress();
    }

    private void handle(HttpExchange exchange) {
        try (exchange) {
            boolean head = exchange.getRequestMethod().equals("HEAD");
            Reply reply = reply(exchange, head);
            exchange.getResponseHeaders().set("Content-Type", reply.contentType());
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            exchange.sendResponseHeaders(reply.status(), head ? -1 : reply.body().length);
            if (!head) {
                exchange.getResponseBody().write(reply.body());
            }
        } catch (IOException e) {
            LOG.debug("A client disconnected.", e);
        }
    }

    private Reply reply(HttpExchange exchange, boolean head) {
        if (!names.contain(exchange.getRequestHeaders().getOrDefault("Host", List.of()))
                || exchange.getRequestURI().getHost() != null) {
            return text(
                    421,
                    "this server has not the name of this request; use its address, or add the name to HTTP_NAMES");
        }
        if (!head && !exchange.getRequestMethod().equals("GET")) {
            exchange.getResponseHeaders().set("Allow", "GET, HEAD");
            return text(405, "only GET and HEAD are supported");
        }
        Page page = pages.get(exchange.getRequestURI().getPath());
        if (page == null) {
            return text(404, "available pages: " + String.join(" ", new TreeSet<>(pages.keySet())));
        }
        try {
            return page.reply();
        } catch (IOException | RuntimeException e) {
            LOG.error("The page {} failed.", exchange.getRequestURI().getPath(), e);
            return text(500, "this page failed; see the log");
        }
    }

    private static Reply text(int status, String line) {
        return new Reply(status, "text/plain; charset=utf-8", (line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        server.stop(0);
        workers.close();
    }
}

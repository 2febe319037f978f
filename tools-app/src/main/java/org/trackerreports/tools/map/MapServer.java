package org.trackerreports.tools.map;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Shows one page at an address of this machine, because many tile servers refuse a page that is opened from a file. Only who knows the
 * address gets the page: it has a random part, and a page that gives itself the name of this machine gets nothing. Thread-safe.
 */
final class MapServer implements AutoCloseable {

    private static final int TOKEN_BYTES = 16;

    private final HttpServer server;
    private final String path;
    private final byte[] page;

    private MapServer(HttpServer server, String path, byte[] page) {
        this.server = server;
        this.path = path;
        this.page = page;
    }

    static MapServer of(String page) throws IOException {
        byte[] token = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(token);
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        MapServer server =
                new MapServer(http, "/" + HexFormat.of().formatHex(token) + "/", page.getBytes(StandardCharsets.UTF_8));
        http.createContext("/", server::answer);
        http.start();
        return server;
    }

    /** Where the page is. */
    URI address() {
        return URI.create("http://" + host() + path);
    }

    private String host() {
        return server.getAddress().getAddress().getHostAddress() + ":"
                + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean known = exchange.getRequestURI().getPath().equals(path)
                    && host().equals(exchange.getRequestHeaders().getFirst("Host"));
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            if (!known || !exchange.getRequestMethod().equals("GET")) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

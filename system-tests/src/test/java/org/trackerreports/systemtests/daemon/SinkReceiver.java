package org.trackerreports.systemtests.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A program that is told of positions by a webhook. */
final class SinkReceiver implements AutoCloseable {

    /** In its address, where it is a secret. */
    static final String SECRET = "geheim";

    private final List<String> received = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private volatile int status = 204;

    private SinkReceiver(HttpServer server) {
        this.server = server;
    }

    static SinkReceiver start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        SinkReceiver receiver = new SinkReceiver(server);
        server.createContext("/", exchange -> {
            receiver.received.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            exchange.sendResponseHeaders(receiver.status, -1);
            exchange.close();
        });
        server.start();
        return receiver;
    }

    /** Answers with this status from now on. */
    void answer(int newStatus) {
        status = newStatus;
    }

    List<String> received() {
        return received;
    }

    /** Writes the file of a sink that leads here into the directory of a system. */
    void write(Path directory, String name) throws IOException {
        Path sinks = Files.createDirectories(directory.resolve("data/sinks"));
        Files.writeString(sinks.resolve(name + ".secret"), "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n");
        Files.writeString(
                sinks.resolve(name + ".conf"),
                "TYPE=webhook\nURL=http://127.0.0.1:" + server.getAddress().getPort() + "/hook?key=" + SECRET
                        + "\nSECRET_FILE=" + name + ".secret\n");
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

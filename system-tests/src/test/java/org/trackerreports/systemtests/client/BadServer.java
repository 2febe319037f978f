package org.trackerreports.systemtests.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.SSLContext;
import org.trackerreports.testsupport.ConnectionServer;

/** A TLS server with a configurable bad behaviour. Each connection has its own thread. */
final class BadServer implements AutoCloseable {

    /** What to do with a connection whose request head was read. */
    @FunctionalInterface
    interface Behaviour {
        void answer(OutputStream out, CountDownLatch end) throws IOException, InterruptedException;
    }

    /** Does not answer until the server is closed. */
    static final Behaviour HANGS = (out, end) -> end.await();

    /** Ends the connection before a byte of an answer. */
    static final Behaviour CLOSES_AT_ONCE = (out, end) -> {};

    /** Promises 1,000 bytes and ends the connection after ten. */
    static final Behaviour CLOSES_EARLY =
            (out, end) -> out.write(ascii("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n0123456789"));

    private final ConnectionServer server;
    private final CountDownLatch end = new CountDownLatch(1);

    BadServer(SSLContext context, Behaviour behaviour) {
        try {
            server = new ConnectionServer(
                    context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress()),
                    connection -> {
                        readHead(connection.getInputStream());
                        behaviour.answer(connection.getOutputStream(), end);
                        connection.getOutputStream().flush();
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Sends a body of a given size.
     *
     * @param saysSo whether to send the length in advance
     * @param sent counts the bytes that were sent
     */
    static Behaviour sends(long bytes, boolean saysSo, AtomicLong sent) {
        return (out, end) -> {
            String length = saysSo ? "Content-Length: " + bytes + "\r\n" : "Connection: close\r\n";
            out.write(ascii("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" + length + "\r\n"));
            byte[] block = new byte[1 << 16];
            for (long left = bytes; left > 0; left -= block.length) {
                out.write(block, 0, (int) Math.min(block.length, left));
                sent.addAndGet(block.length);
            }
        };
    }

    /** Sends a body in gzip, for which nobody asked. */
    static Behaviour compresses(String body) {
        return (out, end) -> {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (OutputStream gzip = new GZIPOutputStream(packed)) {
                gzip.write(body.getBytes(StandardCharsets.UTF_8));
            }
            out.write(ascii(
                    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: "
                            + packed.size() + "\r\n\r\n"));
            packed.writeTo(out);
        };
    }

    /** Sends a byte of a body at a time, for ever. */
    static Behaviour drips() {
        return (out, end) -> {
            out.write(ascii("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"));
            do {
                out.write(' ');
                out.flush();
            } while (!end.await(100, java.util.concurrent.TimeUnit.MILLISECONDS));
        };
    }

    URI address() {
        return URI.create("https://localhost:" + server.port());
    }

    int connections() {
        return server.connections();
    }

    private static void readHead(InputStream in) throws IOException {
        int matched = 0;
        for (int next = in.read(); next >= 0; next = in.read()) {
            matched = next == "\r\n\r\n".charAt(matched) ? matched + 1 : next == '\r' ? 1 : 0;
            if (matched == 4) {
                return;
            }
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        end.countDown();
        server.close();
    }
}

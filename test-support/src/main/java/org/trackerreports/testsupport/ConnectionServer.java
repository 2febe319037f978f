package org.trackerreports.testsupport;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that handles each connection on a daemon thread of its own. Thread-safe. */
public final class ConnectionServer implements AutoCloseable {

    private final ServerSocket socket;
    private final Handler handler;
    private final AtomicInteger connections = new AtomicInteger();

    /** What happens to a connection, which is closed afterwards. */
    @FunctionalInterface
    public interface Handler {
        void handle(Socket connection) throws IOException, InterruptedException;
    }

    /** Accepts connections on a socket from now on. */
    public ConnectionServer(ServerSocket socket, Handler handler) {
        this.socket = socket;
        this.handler = handler;
        startDaemon(this::accept);
    }

    /** The same on a free port of loopback. */
    public static ConnectionServer onLoopback(Handler handler) {
        try {
            return new ConnectionServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), handler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a task on a thread that does not keep the tests from ending. */
    public static void startDaemon(Runnable task) {
        Thread thread = new Thread(task, "test server");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * The head of an HTTP request, with the empty line at its end.
     *
     * @throws IOException if the connection ends before
     */
    public static String requestHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no request");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    /** The port that it listens on. */
    public int port() {
        return socket.getLocalPort();
    }

    /** How many connections there were. */
    public int connections() {
        return connections.get();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                connections.incrementAndGet();
                startDaemon(() -> serve(connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            handler.handle(connection);
        } catch (IOException e) {
            // The program under test has given up, which is what most tests are about.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Accepts no further connection. Those that there are go on. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

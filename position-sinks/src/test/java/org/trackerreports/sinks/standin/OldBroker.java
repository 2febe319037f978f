package org.trackerreports.sinks.standin;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A broker that speaks MQTT 3.1.1 only: it stands before another one and answers CONNECT of other versions as 3.1.1 prescribes (section 3.1.2.2:
 * CONNACK with return code 1, then the end).
 */
public final class OldBroker implements AutoCloseable {

    private static final byte[] REFUSED = {0x20, 0x02, 0x00, 0x01};
    private static final int VERSION_3_1_1 = 4;

    /** Type, length, the 2 bytes of a length, and MQTT; packets of tests are short enough for one byte of length, or need two. */
    private static final int NAME = 6;

    private final ServerSocket server;
    private final int port;
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final AtomicInteger refused = new AtomicInteger();

    public OldBroker(int port) {
        this.port = port;
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        workers.execute(this::accept);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                workers.execute(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            byte[] start = in.readNBytes(2);
            boolean long2 = (start[1] & 0x80) != 0;
            byte[] more = in.readNBytes(NAME + 1 + (long2 ? 1 : 0));
            if (more[more.length - 1] != VERSION_3_1_1) {
                refused.incrementAndGet();
                socket.getOutputStream().write(REFUSED);
                return;
            }
            try (Socket broker = new Socket(InetAddress.getLoopbackAddress(), port)) {
                OutputStream out = broker.getOutputStream();
                out.write(start);
                out.write(more);
                workers.execute(() -> copy(broker, socket));
                in.transferTo(out);
            }
        } catch (IOException e) {
            // The connection ended.
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // The connection ended.
        }
    }

    public URI url() {
        return URI.create("mqtt://127.0.0.1:" + server.getLocalPort());
    }

    /** How many connections it refused. */
    public int refused() {
        return refused.get();
    }

    @Override
    public void close() throws IOException {
        server.close();
        workers.shutdownNow();
    }
}

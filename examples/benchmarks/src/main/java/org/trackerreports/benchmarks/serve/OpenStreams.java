package org.trackerreports.benchmarks.serve;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Open streams of events, whose readers are in this process, too. */
final class OpenStreams implements AutoCloseable {

    private static final int READER_BUFFER = 1_024;

    private final List<Socket> sockets = new ArrayList<>();
    private final List<BufferedReader> readers = new ArrayList<>();

    OpenStreams(int port, int number) throws IOException {
        byte[] request = ("GET /api/v1/events HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < number; i++) {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            sockets.add(socket);
            socket.getOutputStream().write(request);
            if (socket.getInputStream().read() != 'H') {
                throw new IOException("a stream was refused");
            }
            // Small, because there may be a thousand.
            readers.add(new BufferedReader(
                    new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8), READER_BUFFER));
        }
    }

    int size() {
        return sockets.size();
    }

    /** Waits until each stream has told its next event. */
    void awaitEvents() throws IOException {
        for (BufferedReader reader : readers) {
            String line;
            do {
                line = reader.readLine();
                if (line == null) {
                    throw new IOException("the stream has ended");
                }
            } while (!line.startsWith("event: position"));
        }
    }

    /**
     * What is in use in this process: on the heap, after a collection, and in buffers outside it. Resident memory would also count what the
     * heap keeps, or gives back, for other reasons.
     */
    static long memory() {
        System.gc();
        long buffers = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() + buffers;
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}

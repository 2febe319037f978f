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

    private final List<Socket> sockets = new ArrayList<>();
    private final BufferedReader first;

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
        }
        first = new BufferedReader(new InputStreamReader(sockets.get(0).getInputStream(), StandardCharsets.UTF_8));
    }

    int size() {
        return sockets.size();
    }

    /** Waits for the next event of the first stream. */
    void awaitEvent() throws IOException {
        String line;
        do {
            line = first.readLine();
            if (line == null) {
                throw new IOException("the stream has ended");
            }
        } while (!line.startsWith("event: position"));
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

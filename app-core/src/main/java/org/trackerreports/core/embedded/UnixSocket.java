package org.trackerreports.core.embedded;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A Unix socket in the form that the PostgreSQL driver needs; the platform has them only as channels. As with other sockets, an interrupt
 * does not end a call, and closing does. One thread may read while another one writes.
 */
final class UnixSocket extends Socket {

    private static final int BUFFER_BYTES = 64 << 10;

    private final Path path;
    private @Nullable SocketChannel channel;
    private @Nullable Direction reading;
    private @Nullable Direction writing;
    private volatile int timeoutMillis;
    private volatile boolean closed;

    UnixSocket(Path path) {
        this.path = path;
    }

    /** Connecting to a process of this machine needs no time, so the address and the time limit are ignored. */
    @Override
    public void connect(SocketAddress ignored, int timeout) throws IOException {
        SocketChannel opened = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            opened.connect(UnixDomainSocketAddress.of(path));
            // Calls of a channel that does not block are not ended by interrupts.
            opened.configureBlocking(false);
            reading = new Direction(opened, SelectionKey.OP_READ);
            writing = new Direction(opened, SelectionKey.OP_WRITE);
            channel = opened;
        } catch (IOException e) {
            opened.close();
            throw new SocketException(path + ": " + e.getMessage());
        }
    }

    @Override
    public void connect(SocketAddress endpoint) throws IOException {
        connect(endpoint, 0);
    }

    @Override
    public boolean isConnected() {
        return channel != null;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        // The selectors first, which wakes up who waits.
        try {
            closePart(reading);
            closePart(writing);
        } finally {
            closePart(channel);
        }
    }

    private static void closePart(@Nullable Closeable part) throws IOException {
        if (part != null) {
            part.close();
        }
    }

    @Override
    public synchronized void setSoTimeout(int timeout) {
        timeoutMillis = timeout;
    }

    @Override
    public synchronized int getSoTimeout() {
        return timeoutMillis;
    }

    // These concern TCP only.

    @Override
    public void setTcpNoDelay(boolean on) {}

    @Override
    public void setKeepAlive(boolean on) {}

    @Override
    public int getSendBufferSize() {
        return BUFFER_BYTES;
    }

    @Override
    public InputStream getInputStream() throws SocketException {
        Direction direction = connected(reading);
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                return length == 0
                        ? 0
                        : direction.transfer(timeoutMillis, to -> to.read(ByteBuffer.wrap(bytes, offset, length)));
            }

            @Override
            public void close() throws IOException {
                UnixSocket.this.close();
            }
        };
    }

    @Override
    public OutputStream getOutputStream() throws SocketException {
        Direction direction = connected(writing);
        return new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                write(new byte[] {(byte) value}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                ByteBuffer left = ByteBuffer.wrap(bytes, offset, length);
                while (left.hasRemaining()) {
                    direction.transfer(0, to -> to.write(left));
                }
            }

            @Override
            public void close() throws IOException {
                UnixSocket.this.close();
            }
        };
    }

    private static Direction connected(@Nullable Direction direction) throws SocketException {
        if (direction == null) {
            throw new SocketException("the socket is not connected");
        }
        return direction;
    }

    private interface Transfer {
        int apply(SocketChannel channel) throws IOException;
    }

    /** Waits until the channel can read, or until it can write. */
    private static final class Direction implements Closeable {

        private final SocketChannel channel;
        private final Selector selector;

        Direction(SocketChannel channel, int operation) throws IOException {
            this.channel = channel;
            this.selector = Selector.open();
            channel.register(selector, operation);
        }

        /** Transfers at least one byte; -1 at the end of the stream. */
        int transfer(int limitMillis, Transfer transfer) throws IOException {
            boolean interrupted = false;
            long begin = System.nanoTime();
            try {
                int count = transfer.apply(channel);
                while (count == 0) {
                    long left = limitMillis - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
                    if (limitMillis > 0 && left <= 0) {
                        throw new SocketTimeoutException("no answer within " + limitMillis + " ms");
                    }
                    selector.select(limitMillis > 0 ? left : 0);
                    selector.selectedKeys().clear();
                    // Else the next wait would end at once.
                    interrupted |= Thread.interrupted();
                    count = transfer.apply(channel);
                }
                return count;
            } catch (ClosedSelectorException | ClosedChannelException e) {
                throw new SocketException("the socket is closed");
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        @Override
        public void close() throws IOException {
            selector.close();
        }
    }
}

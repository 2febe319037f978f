package org.trackerreports.fetcher.operations;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import org.trackerreports.core.failure.Failures;

/**
 * A Unix datagram socket of Linux. The JDK supports stream sockets of that family only (JEP 380). Layout and constants
 * are from {@code unix(7)} and {@code sd_notify(3)}. Thread-safe: each message uses its own socket.
 */
final class NotifySocket {

    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int SOL_SOCKET = 1;
    private static final int SO_SNDTIMEO = 21;

    /** A service manager that reads nothing must not delay the daemon, above all not its end. */
    private static final int MAX_SECONDS = 1;

    private static final int PATH_OFFSET = 2;
    private static final int MAX_PATH = 108;

    /** The functions of the C library that are used. */
    interface C extends Library {
        int socket(int domain, int type, int protocol) throws LastErrorException;

        NativeLong sendto(int socket, byte[] message, NativeLong length, int flags, Pointer address, int addressLength)
                throws LastErrorException;

        int setsockopt(int socket, int level, int option, Pointer value, int length) throws LastErrorException;

        int close(int descriptor) throws LastErrorException;
    }

    /** A message could not be sent; the exception's message says why. */
    static final class SendFailedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        SendFailedException(String message) {
            super(message);
        }
    }

    private final C library = Native.load("c", C.class);
    private final Memory address;
    private final Memory sendTimeout = new Memory(2L * NativeLong.SIZE);

    /**
     * @param path of the socket; a leading {@code @} means the abstract namespace
     * @throws UnsatisfiedLinkError if native code cannot be called
     * @throws SendFailedException if the path is too long
     */
    NotifySocket(String path) {
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        if (bytes.length >= MAX_PATH) {
            throw new SendFailedException("NOTIFY_SOCKET has " + bytes.length + " bytes; expected fewer than 108");
        }
        if (bytes[0] == '@') {
            bytes[0] = 0;
        }
        address = new Memory(PATH_OFFSET + bytes.length);
        address.setShort(0, (short) AF_UNIX);
        address.write(PATH_OFFSET, bytes, 0, bytes.length);
        sendTimeout.clear();
        sendTimeout.setNativeLong(0, new NativeLong(MAX_SECONDS));
    }

    /**
     * Sends one datagram.
     *
     * @throws SendFailedException if no process listens, or none reads for a second
     */
    void send(String message) {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        try {
            int socket = library.socket(AF_UNIX, SOCK_DGRAM_CLOEXEC, 0);
            try {
                library.setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, sendTimeout, (int) sendTimeout.size());
                library.sendto(
                        socket, bytes, new NativeLong(bytes.length), MSG_NOSIGNAL, address, (int) address.size());
            } finally {
                library.close(socket);
            }
        } catch (LastErrorException e) {
            throw new SendFailedException(Failures.message(e));
        }
    }
}

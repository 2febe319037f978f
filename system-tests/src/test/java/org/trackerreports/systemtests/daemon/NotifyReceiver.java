package org.trackerreports.systemtests.daemon;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Replaces the service manager: a Linux datagram socket that records its messages. For one thread. */
final class NotifyReceiver implements AutoCloseable {

    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM_NONBLOCK = 2 | 0x800;
    private static final int EAGAIN = 11;

    /** What is used of the C library. */
    interface C extends Library {
        int socket(int domain, int type, int protocol) throws LastErrorException;

        int bind(int socket, Pointer address, int length) throws LastErrorException;

        NativeLong recv(int socket, byte[] buffer, NativeLong length, int flags) throws LastErrorException;

        int close(int descriptor) throws LastErrorException;
    }

    private final C library = Native.load("c", C.class);
    private final Path path;
    private final int socket;
    private final List<String> messages = new ArrayList<>();

    NotifyReceiver(Path path) {
        this.path = path;
        byte[] bytes = path.toString().getBytes(StandardCharsets.UTF_8);
        Memory address = new Memory(2 + bytes.length);
        address.setShort(0, (short) AF_UNIX);
        address.write(2, bytes, 0, bytes.length);
        socket = library.socket(AF_UNIX, SOCK_DGRAM_NONBLOCK, 0);
        library.bind(socket, address, 2 + bytes.length);
    }

    String path() {
        return path.toString();
    }

    /** All messages so far. */
    List<String> received() {
        byte[] buffer = new byte[4_096];
        while (true) {
            try {
                int length = library.recv(socket, buffer, new NativeLong(buffer.length), 0)
                        .intValue();
                messages.add(new String(buffer, 0, length, StandardCharsets.UTF_8));
            } catch (LastErrorException e) {
                if (e.getErrorCode() != EAGAIN) {
                    throw e;
                }
                return messages;
            }
        }
    }

    @Override
    public void close() {
        library.close(socket);
    }
}

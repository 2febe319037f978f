package org.trackerreports.fetcher.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The socket of a service manager that hangs: Linux keeps some messages for it, and then makes the sender wait. */
@EnabledOnOs(OS.LINUX)
class NotifySocketTest {

    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;

    /** More than Linux keeps, whatever net.unix.max_dgram_qlen is set to by usual systems. */
    private static final int MANY = 2_000;

    private final C library = Native.load("c", C.class);

    interface C extends Library {
        int socket(int domain, int type, int protocol) throws LastErrorException;

        int bind(int socket, Pointer address, int length) throws LastErrorException;

        NativeLong recv(int socket, byte[] buffer, NativeLong length, int flags) throws LastErrorException;

        int close(int descriptor) throws LastErrorException;
    }

    @TempDir
    private Path directory;

    @Test
    void aManagerThatReadsNothingEndsInAFailureInsteadOfAWait() {
        Path path = directory.resolve("notify");
        int manager = library.socket(AF_UNIX, SOCK_DGRAM, 0);
        try {
            bind(manager, path);
            NotifySocket socket = new NotifySocket(path.toString());
            assertThatExceptionOfType(NotifySocket.SendFailedException.class).isThrownBy(() -> {
                for (int number = 0; number < MANY; number++) {
                    socket.send("WATCHDOG=" + number);
                }
            });
            assertThat(received(manager)).as("what was sent before is kept").isEqualTo("WATCHDOG=0");
        } finally {
            library.close(manager);
        }
    }

    private void bind(int socket, Path path) {
        byte[] bytes = path.toString().getBytes(StandardCharsets.UTF_8);
        try (Memory address = new Memory(2L + bytes.length)) {
            address.setShort(0, (short) AF_UNIX);
            address.write(2, bytes, 0, bytes.length);
            library.bind(socket, address, 2 + bytes.length);
        }
    }

    private String received(int socket) {
        byte[] buffer = new byte[100];
        int length =
                library.recv(socket, buffer, new NativeLong(buffer.length), 0).intValue();
        return new String(buffer, 0, length, StandardCharsets.UTF_8);
    }
}

package org.trackerreports.fetcher.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service manager's side is a real datagram socket of the kernel. */
class ServiceManagerTest {

    private interface C extends Library {
        int socket(int domain, int type, int protocol) throws LastErrorException;

        int bind(int socket, Pointer address, int length) throws LastErrorException;

        NativeLong recv(int socket, byte[] buffer, NativeLong length, int flags) throws LastErrorException;

        int close(int descriptor) throws LastErrorException;
    }

    /** Receives what was sent; never waits, since a datagram is there when it was sent. */
    private static final class Receiver implements AutoCloseable {
        private static final int DONT_WAIT = 0x40;

        private final C library = Native.load("c", C.class);
        private final int socket = library.socket(1, 2, 0);

        Receiver(byte[] path) {
            Memory address = new Memory(2 + path.length);
            address.setShort(0, (short) 1);
            address.write(2, path, 0, path.length);
            library.bind(socket, address, 2 + path.length);
        }

        String next() {
            byte[] buffer = new byte[4_096];
            int length = library.recv(socket, buffer, new NativeLong(buffer.length), DONT_WAIT)
                    .intValue();
            return new String(buffer, 0, length, StandardCharsets.UTF_8);
        }

        @Override
        public void close() {
            library.close(socket);
        }
    }

    @TempDir
    private Path directory;

    @BeforeEach
    void onlyOnLinux() {
        assumeThat(System.getProperty("os.name")).isEqualTo("Linux");
    }

    @Test
    void tellsEachStateAsASingleDatagram() {
        Path path = directory.resolve("notify");
        try (Receiver receiver = new Receiver(path.toString().getBytes(StandardCharsets.UTF_8))) {
            ServiceManager manager = ServiceManager.of(Map.of("NOTIFY_SOCKET", path.toString()));
            manager.ready("Running");
            assertThat(receiver.next()).isEqualTo("READY=1\nSTATUS=Running");
            manager.status("Running");
            manager.status("Not ready: database: away");
            assertThat(receiver.next())
                    .as("what has not changed is not told again")
                    .isEqualTo("STATUS=Not ready: database: away");
            manager.alive();
            assertThat(receiver.next()).isEqualTo("WATCHDOG=1");
            manager.stopping();
            assertThat(receiver.next()).isEqualTo("STOPPING=1\nSTATUS=Stopping");
        }
    }

    @Test
    void knowsTheAbstractNamespace() {
        String name = "trackerreports-test-" + UUID.randomUUID();
        try (Receiver receiver = new Receiver(("\0" + name).getBytes(StandardCharsets.UTF_8))) {
            ServiceManager.of(Map.of("NOTIFY_SOCKET", "@" + name)).alive();
            assertThat(receiver.next()).isEqualTo("WATCHDOG=1");
        }
    }

    @Test
    void doesNothingWithoutASocketAndSurvivesOneThatIsGone() {
        ServiceManager none = ServiceManager.of(Map.of("WATCHDOG_USEC", "1000000"));
        none.ready("Running");
        none.alive();
        assertThat(none.watchdogPeriod()).isEmpty();
        ServiceManager gone = ServiceManager.of(
                Map.of("NOTIFY_SOCKET", directory.resolve("gone").toString()));
        gone.ready("Running");
        gone.stopping();
        ServiceManager tooLong = ServiceManager.of(Map.of("NOTIFY_SOCKET", "/" + "x".repeat(108)));
        tooLong.alive();
    }

    @Test
    void beatsAtHalfTheTimeAndOnlyIfItIsMeant() {
        Map<String, String> environment = new HashMap<>(
                Map.of("NOTIFY_SOCKET", directory.resolve("notify").toString(), "WATCHDOG_USEC", "30000000"));
        assertThat(ServiceManager.of(environment).watchdogPeriod()).contains(Duration.ofSeconds(15));
        environment.put("WATCHDOG_PID", Long.toString(ProcessHandle.current().pid()));
        assertThat(ServiceManager.of(environment).watchdogPeriod()).contains(Duration.ofSeconds(15));
        environment.put("WATCHDOG_PID", "1");
        assertThat(ServiceManager.of(environment).watchdogPeriod()).isEmpty();
        environment.remove("WATCHDOG_PID");
        environment.put("WATCHDOG_USEC", "soon");
        assertThat(ServiceManager.of(environment).watchdogPeriod()).isEmpty();
        environment.remove("WATCHDOG_USEC");
        assertThat(ServiceManager.of(environment).watchdogPeriod()).isEmpty();
    }
}

package org.trackerreports.core.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.redisson.api.RedissonClient;
import org.trackerreports.core.config.DefaultDirectories;
import org.trackerreports.core.embedded.EmbeddedServers.Request;
import org.trackerreports.core.embedded.EmbeddedServers.User;
import org.trackerreports.queue.RedisClients;
import org.trackerreports.testsupport.FreePorts;

/** Many who have not signed in send much and read nothing, as all users of a machine can if there are additional ports. */
class FloodTest {

    private static final int CONNECTIONS = 24;
    private static final int MEGABYTE = 1 << 20;

    @TempDir
    private static Path temporary;

    private static EmbeddedServers servers;

    @BeforeAll
    static void start() throws Exception {
        servers = EmbeddedServers.open(
                DataDirectory.prepare(temporary.resolve("data")),
                new Request(
                        User.DAEMON,
                        FreePorts.next(),
                        0,
                        DefaultDirectories.cache(Map.copyOf(System.getenv()), Path.of("target"))
                                .resolve("programs")));
    }

    @AfterAll
    static void stop() {
        if (servers != null) {
            servers.close();
        }
    }

    /** Each answer is five times as long as what it answers: without a limit they take 139 MB. */
    @Test
    void redisKeepsOnlySoManyAnswersThatNobodyReads() throws Exception {
        byte[] pings = "PING\r\n".repeat(MEGABYTE / 6).getBytes(StandardCharsets.US_ASCII);
        long pid = Long.parseLong(
                Files.readString(temporary.resolve("data/redis/redis.pid")).strip());
        long before = resident(pid);
        flood(FloodTest::toRedis, pings);
        assertThat(peak(pid) - before).as("bytes").isLessThan(105L * MEGABYTE);
        RedissonClient redis = RedisClients.connect(
                servers.addresses().redis(), servers.addresses().redisPassword(), Duration.ofSeconds(10));
        try {
            redis.getBucket("still").set("here");
            assertThat(redis.<String>getBucket("still").get()).isEqualTo("here");
        } finally {
            redis.shutdown();
        }
    }

    @Test
    void redisTakesNoLargeArgumentFromAStranger() throws Exception {
        long pid = Long.parseLong(
                Files.readString(temporary.resolve("data/redis/redis.pid")).strip());
        long before = peak(pid);
        byte[] large = new byte[4 * MEGABYTE];
        byte[] head = "*2\r\n$4\r\nECHO\r\n$500000000\r\n".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(head, 0, large, 0, head.length);
        assertThat(flood(FloodTest::toRedis, large)).isEqualTo(CONNECTIONS);
        assertThat(peak(pid) - before).as("bytes").isLessThan(50L * MEGABYTE);
    }

    @Test
    void postgresTakesNoLargePacketFromAStranger() throws Exception {
        long pid = Long.parseLong(Files.readAllLines(temporary.resolve("data/postgresql/postmaster.pid"))
                .get(0));
        long before = peak(pid);
        byte[] large = new byte[4 * MEGABYTE];
        ByteBuffer.wrap(large).putInt(1_000_000_000).putInt(196_608);
        assertThat(flood(FloodTest::toPostgres, large)).isEqualTo(CONNECTIONS);
        assertThat(peak(pid) - before).as("bytes").isLessThan(20L * MEGABYTE);
        try (Connection connection = DriverManager.getConnection(
                servers.addresses().databaseUrl(),
                ServerAddresses.USER,
                servers.addresses().databasePassword())) {
            assertThat(connection.isValid(10)).isTrue();
        }
    }

    /** Sends the same on all connections at once, and returns how many of them the server ended before it had all. */
    private static int flood(Callable<Socket> connecting, byte[] content) throws Exception {
        List<Socket> sockets = new ArrayList<>();
        List<Thread> senders = new ArrayList<>();
        AtomicInteger ended = new AtomicInteger();
        try {
            for (int number = 0; number < CONNECTIONS; number++) {
                Socket socket = connecting.call();
                sockets.add(socket);
                Thread sender = new Thread(() -> {
                    if (!send(socket, content)) {
                        ended.incrementAndGet();
                    }
                });
                sender.start();
                senders.add(sender);
            }
            for (Thread sender : senders) {
                sender.join(Duration.ofSeconds(30).toMillis());
            }
            return ended.get();
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    /** A Unix socket holds little, so whoever has sent everything knows that most of it was read. */
    private static Socket toRedis() throws IOException {
        Socket socket = new UnixSocket(servers.addresses().redis());
        socket.connect(new InetSocketAddress(0));
        return socket;
    }

    private static Socket toPostgres() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), servers.addresses().databasePort());
    }

    private static boolean send(Socket socket, byte[] content) {
        try {
            socket.getOutputStream().write(content);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static long resident(long pid) throws IOException {
        return memory(pid, "VmRSS:");
    }

    /** The most that it ever had. */
    private static long peak(long pid) throws IOException {
        return memory(pid, "VmHWM:");
    }

    private static long memory(long pid, String name) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                .filter(line -> line.startsWith(name))
                .map(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1_024)
                .findFirst()
                .orElseThrow();
    }
}

package org.trackerreports.testsupport;

import static org.awaitility.Awaitility.await;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import redis.embedded.RedisExecProvider;

/**
 * A Redis server in a separate process, on a free port of the loopback interface. A test can kill it and start it again on the same port.
 * It writes no snapshots, so it forgets everything when it is killed, unless an option says otherwise. {@code -Dtest.redisServer=PATH}
 * runs another server program, such as Valkey. Not thread-safe, except for commands.
 */
public final class RedisServer implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(20);
    private static final int CONNECT_LIMIT_MILLIS = 1_000;
    private static final int REPLY_LIMIT_MILLIS = 10_000;

    private final int port;
    private final Path directory;
    private final List<String> command;
    private @Nullable TestProcess process;

    private RedisServer(int port, Path directory, List<String> arguments) {
        this.port = port;
        this.directory = directory;
        command = new ArrayList<>(List.of(program()));
        command.addAll(arguments);
    }

    /**
     * Starts a server on a free port.
     *
     * @param options as on the command line of {@code redis-server}
     */
    public static RedisServer start(String... options) {
        return startOn(FreePorts.next(), options);
    }

    /**
     * Starts a server on a given port.
     *
     * @param options as on the command line of {@code redis-server}
     */
    public static RedisServer startOn(int port, String... options) {
        Path directory = newDirectory();
        List<String> arguments = new ArrayList<>(List.of("--port", Integer.toString(port), "--bind", "127.0.0.1"));
        arguments.addAll(List.of("--save", "", "--dir", directory.toString()));
        arguments.addAll(List.of(options));
        return started(new RedisServer(port, directory, arguments));
    }

    /**
     * Starts a sentinel that watches one master. It decides alone, and fails over one second after the master is gone.
     *
     * @param name the name of the master
     */
    public static RedisServer startSentinel(RedisServer master, String name) {
        int port = FreePorts.next();
        Path directory = newDirectory();
        String configuration = """
                port %d
                bind 127.0.0.1
                dir %s
                sentinel monitor %s 127.0.0.1 %d 1
                sentinel down-after-milliseconds %s 1000
                sentinel failover-timeout %s 5000
                """.formatted(port, directory, name, master.port, name, name);
        try {
            Path file = Files.writeString(directory.resolve("redis.conf"), configuration);
            return started(new RedisServer(port, directory, List.of(file.toString(), "--sentinel")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RedisServer started(RedisServer server) {
        server.restart();
        return server;
    }

    private static Path newDirectory() {
        try {
            return Files.createTempDirectory("test-redis");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static synchronized String program() {
        String own = System.getProperty("test.redisServer");
        if (own != null) {
            return own;
        }
        try {
            File file = RedisExecProvider.defaultProvider().get();
            file.setExecutable(true);
            return file.getAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it again on the same port, with the data that it kept, and waits until it answers. */
    public void restart() {
        process = TestProcess.start(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("log").toFile())));
        await().atMost(START_LIMIT).pollInterval(Duration.ofMillis(10)).until(this::answers);
        if (!process.isAlive()) {
            throw new AssertionError("Redis ended at once; perhaps another server took port " + port + ".");
        }
    }

    private boolean answers() {
        try {
            String reply = command("PING");
            return reply.startsWith("+PONG") || reply.startsWith("-NOAUTH");
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** Its port on the loopback interface. */
    public int port() {
        return port;
    }

    /** Its address for clients, without a password. */
    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    /**
     * Sends one command on a new connection.
     *
     * @param words the command and its arguments
     * @return the reply as the server sends it, in Redis' serialization protocol
     * @throws UncheckedIOException if the server does not answer
     */
    public String command(String... words) {
        StringBuilder request = new StringBuilder("*" + words.length + "\r\n");
        for (String word : words) {
            int length = word.getBytes(StandardCharsets.UTF_8).length;
            request.append("$").append(length).append("\r\n").append(word).append("\r\n");
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_LIMIT_MILLIS);
            socket.setSoTimeout(REPLY_LIMIT_MILLIS);
            socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.UTF_8));
            ByteArrayOutputStream reply = new ByteArrayOutputStream();
            readReply(new BufferedInputStream(socket.getInputStream()), reply);
            return reply.toString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies one reply: a line, a line with a number of bytes, or a line with a number of replies. */
    private static void readReply(InputStream in, ByteArrayOutputStream reply) throws IOException {
        String line = Lines.read(in);
        reply.writeBytes((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        if (line.startsWith("$") && !line.equals("$-1")) {
            reply.writeBytes(in.readNBytes(Integer.parseInt(line.substring(1)) + 2));
        } else if (line.startsWith("*")) {
            for (int left = Integer.parseInt(line.substring(1)); left > 0; left--) {
                readReply(in, reply);
            }
        }
    }

    /**
     * Sends one command and finds a number in its reply.
     *
     * @param pattern a regular expression with one group, the number
     * @param words the command and its arguments
     * @throws AssertionError if the pattern is not found
     */
    public long number(String pattern, String... words) {
        String reply = command(words);
        Matcher matcher = Pattern.compile(pattern).matcher(reply);
        if (!matcher.find()) {
            throw new AssertionError("no " + pattern + " in " + reply);
        }
        return Long.parseLong(matcher.group(1));
    }

    /** Kills it, as a power failure would, and waits until it has ended. */
    public void kill() {
        if (process != null) {
            process.kill();
        }
    }

    /** Kills it and deletes its files. */
    @Override
    public void close() {
        kill();
        Directories.delete(directory);
    }
}

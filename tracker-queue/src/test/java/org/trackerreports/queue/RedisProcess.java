package org.trackerreports.queue;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.embedded.RedisExecProvider;

/** A Redis server of its own process, which tests can stop, kill and start again. Forgets everything when it stops. */
final class RedisProcess implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(20);

    /** An entry begins with its number, the time of day, and how long the command took (µs). */
    /** A script in the slow log; what the tests themselves ask does not count. */
    private static final Pattern SLOW_LOG_ENTRY =
            Pattern.compile("\\*6\r\n:\\d+\r\n:\\d+\r\n:(\\d+)\r\n\\*\\d+\r\n\\$7\r\nEVALSHA");

    private final int port;
    private final List<String> options;
    private final Path directory;
    private String configuration;
    private Process process;

    private RedisProcess(int port, String... options) {
        this.port = port;
        this.options = List.of(options);
        try {
            this.directory = Files.createTempDirectory("queue-redis");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RedisProcess started(String... options) {
        return startedOn(freePort(), options);
    }

    static RedisProcess startedOn(int port, String... options) {
        RedisProcess redis = new RedisProcess(port, options);
        redis.start();
        return redis;
    }

    /** A sentinel that watches one master alone and fails over after a second. */
    static RedisProcess sentinelOf(RedisProcess master, String name) {
        RedisProcess sentinel = new RedisProcess(freePort());
        sentinel.configuration = """
                port %d
                bind 127.0.0.1
                sentinel monitor %s 127.0.0.1 %d 1
                sentinel down-after-milliseconds %s 1000
                sentinel failover-timeout %s 5000
                """.formatted(sentinel.port, name, master.port, name, name);
        sentinel.start();
        return sentinel;
    }

    /** A free port that also leaves room for the cluster bus, 10,000 above. */
    static int freePort() {
        while (true) {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                if (socket.getLocalPort() < 55_000) {
                    return socket.getLocalPort();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    void start() {
        try {
            List<String> command = new ArrayList<>(List.of(executable()));
            if (configuration == null) {
                command.addAll(List.of("--port", String.valueOf(port), "--bind", "127.0.0.1", "--save", ""));
                command.addAll(List.of("--dir", directory.toString(), "--daemonize", "no"));
                command.addAll(options);
            } else {
                Path file = Files.writeString(directory.resolve("redis.conf"), configuration);
                command.addAll(List.of(file.toString(), "--sentinel"));
            }
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("log").toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await().atMost(START_LIMIT).pollInterval(Duration.ofMillis(10)).until(this::answers);
    }

    private static synchronized String executable() throws IOException {
        String own = System.getProperty("queue.redisServer");
        if (own != null) {
            return own;
        }
        File file = RedisExecProvider.defaultProvider().get();
        file.setExecutable(true);
        return file.getAbsolutePath();
    }

    private boolean answers() {
        try {
            String reply = command("PING");
            return reply.startsWith("+PONG") || reply.startsWith("-NOAUTH");
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** Sends one command on a connection of its own; answers the first 64 KiB of the reply as it comes. */
    String command(String... words) {
        StringBuilder request = new StringBuilder("*" + words.length + "\r\n");
        Arrays.stream(words)
                .forEach(word -> request.append("$")
                        .append(word.getBytes(StandardCharsets.UTF_8).length)
                        .append("\r\n")
                        .append(word)
                        .append("\r\n"));
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.UTF_8));
            byte[] reply = new byte[65_536];
            int length = socket.getInputStream().read(reply);
            return new String(reply, 0, Math.max(0, length), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends one command and answers the first number that a pattern with one group finds in the reply. */
    long number(String pattern, String... words) {
        String reply = command(words);
        Matcher matcher = Pattern.compile(pattern).matcher(reply);
        if (!matcher.find()) {
            throw new AssertionError("no " + pattern + " in " + reply);
        }
        return Long.parseLong(matcher.group(1));
    }

    /** The times (µs) for which the scripts that the slow log holds kept the server from others, in ascending order. */
    List<Long> slowScripts() {
        StringBuilder log = new StringBuilder();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write("SLOWLOG GET 100000\r\nQUIT\r\n".getBytes(StandardCharsets.UTF_8));
            log.append(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<Long> micros = new ArrayList<>();
        Matcher entries = SLOW_LOG_ENTRY.matcher(log);
        while (entries.find()) {
            micros.add(Long.parseLong(entries.group(1)));
        }
        Collections.sort(micros);
        return micros;
    }

    int port() {
        return port;
    }

    String url() {
        return "redis://127.0.0.1:" + port;
    }

    /** Kills the server without a word. */
    void kill() {
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        kill();
        try (var files = Files.list(directory)) {
            files.forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        directory.toFile().delete();
    }
}

package org.trackerreports.systemtests.resilience;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import redis.embedded.RedisExecProvider;

/** A Redis that all instances share, with an append-only file, as the guide for operating asks for. */
final class RedisServer implements AutoCloseable {

    private final Path directory;
    private final int port;
    private Process process;

    /** Starts it. @param directory where it keeps its data */
    RedisServer(Path directory) {
        this.directory = directory.resolve("redis");
        this.port = Ports.free();
        try {
            Files.createDirectories(this.directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start();
    }

    void start() {
        try {
            File program = RedisExecProvider.defaultProvider().get();
            program.setExecutable(true);
            process = new ProcessBuilder(
                            program.getAbsolutePath(),
                            "--port",
                            Integer.toString(port),
                            "--bind",
                            "127.0.0.1",
                            "--appendonly",
                            "yes",
                            "--save",
                            "",
                            "--dir",
                            directory.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            directory.resolve("log").toFile()))
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(10))
                .ignoreExceptions()
                .until(() -> command("PING").startsWith("+PONG"));
    }

    /** Ends it without a word. */
    void kill() {
        process.destroyForcibly();
        await().atMost(Duration.ofSeconds(10)).until(() -> !process.isAlive());
    }

    /** Takes everything from it. */
    void wipe() throws IOException {
        String reply = command("FLUSHALL");
        if (!reply.startsWith("+OK")) {
            throw new AssertionError("Redis was not wiped: " + reply);
        }
    }

    private String command(String word) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write((word + "\r\n").getBytes(StandardCharsets.US_ASCII));
            // Redis closes the connection itself after the last answer.
            socket.getOutputStream().write("QUIT\r\n".getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    /** A number from what it tells of itself, such as {@code used_memory} of {@code memory}. */
    long figure(String section, String name) throws IOException {
        return command("INFO " + section)
                .lines()
                .filter(line -> line.startsWith(name + ":"))
                .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("Redis tells no " + name + "."));
    }

    String url() {
        return "redis://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        kill();
    }
}

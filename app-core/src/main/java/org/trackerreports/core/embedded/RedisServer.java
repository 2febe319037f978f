package org.trackerreports.core.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import redis.embedded.RedisExecProvider;

/**
 * A Redis of our own: append-only file, password, loopback. It detaches itself, so that Ctrl-C reaches the daemon first and the daemon
 * can still give its work back; the library's own launcher would stop it from a shutdown hook of its own.
 */
final class RedisServer implements AutoCloseable {

    private static final Duration START_PATIENCE = Duration.ofSeconds(20);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

    private final Path pidFile;
    private final int port;

    private RedisServer(Path pidFile, int port) {
        this.pidFile = pidFile;
        this.port = port;
    }

    static RedisServer start(DataDirectory directory, int port, String password) throws EmbeddedServersException {
        Path log = directory.resolve("redis.log");
        try {
            Path data = directory.directory("redis");
            Path pidFile = data.resolve("redis.pid");
            BackgroundProcess.stopLeftover(pidFile, "redis-server");
            directory.replace(
                    "redis.conf",
                    String.join(
                            "\n",
                            "bind 127.0.0.1",
                            "port " + port,
                            "requirepass " + password,
                            "dir \"" + data + "\"",
                            "pidfile \"" + pidFile + "\"",
                            "logfile \"" + log + "\"",
                            "daemonize yes",
                            "appendonly yes",
                            "save \"\"",
                            "maxmemory-policy noeviction",
                            ""));
            Path program = RedisExecProvider.defaultProvider().get().toPath();
            Process starter = new ProcessBuilder(
                            program.toString(), directory.resolve("redis.conf").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            if (!starter.waitFor(START_PATIENCE.toSeconds(), TimeUnit.SECONDS) || starter.exitValue() != 0) {
                throw new EmbeddedServersException("the embedded Redis does not start; see " + log);
            }
            RedisServer server = new RedisServer(pidFile, port);
            server.awaitAnswer(password, log);
            return server;
        } catch (IOException e) {
            throw new EmbeddedServersException(
                    "the embedded Redis does not start (" + e.getMessage() + "); see " + log, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedServersException("interrupted while the embedded Redis was starting", e);
        }
    }

    /** It listens before it has read its file, so only an answer to PING says that it is ready. */
    private void awaitAnswer(String password, Path log) throws EmbeddedServersException {
        long deadline = System.nanoTime() + START_PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            if (answers(password)) {
                return;
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        throw new EmbeddedServersException("the embedded Redis does not answer; see " + log);
    }

    private boolean answers(String password) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(1_000);
            OutputStream out = socket.getOutputStream();
            out.write(("AUTH " + password + "\r\nPING\r\n").getBytes(StandardCharsets.US_ASCII));
            out.flush();
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            return "+OK".equals(in.readLine()) && "+PONG".equals(in.readLine());
        } catch (IOException e) {
            return false;
        }
    }

    int port() {
        return port;
    }

    @Override
    public void close() throws EmbeddedServersException {
        BackgroundProcess.stop(pidFile, "redis-server");
        try {
            Files.deleteIfExists(pidFile);
        } catch (IOException e) {
            throw new EmbeddedServersException("the file " + pidFile + " cannot be removed: " + e.getMessage(), e);
        }
    }
}

package org.trackerreports.core.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The embedded Redis: with an append-only file, on a Unix socket, with a password. It detaches itself, so that Ctrl-C does not end it
 * before the daemon has returned its leases.
 */
final class RedisServer implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(5);
    private static final Duration INTERVAL = Duration.ofMillis(10);
    private static final int ANSWER_LIMIT_MILLIS = 10_000;

    private final Path pidFile;
    private final Polling polling;

    private RedisServer(Path pidFile, Polling polling) {
        this.pidFile = pidFile;
        this.polling = polling;
    }

    static RedisServer start(
            DataDirectory directory, Path program, ServerSockets sockets, ServerPassword password, Polling polling)
            throws EmbeddedServersException {
        Path log = directory.resolve("redis.log");
        try {
            directory.privateFile("redis.log");
            Path data = directory.directory("redis");
            Path pidFile = data.resolve("redis.pid");
            directory.replace(
                    "redis.conf",
                    String.join(
                            "\n",
                            "bind 127.0.0.1",
                            "port " + sockets.redisPort(),
                            "unixsocket " + quoted(sockets.redis()),
                            "unixsocketperm 700",
                            "requirepass " + password.value(),
                            "dir " + quoted(data),
                            "pidfile " + quoted(pidFile),
                            "logfile " + quoted(log),
                            "daemonize yes",
                            "appendonly yes",
                            "save \"\"",
                            // Its timer wakes it so many times a second, not ten times: on a small machine, that was
                            // most of its work.
                            "hz 1",
                            "maxmemory-policy noeviction",
                            // Nobody may fill the memory by asking and not reading, not even without signing in.
                            "maxclients 200",
                            "client-output-buffer-limit normal 64mb 32mb 60",
                            "client-query-buffer-limit 64mb",
                            // All clients together; the largest is disconnected first.
                            "maxmemory-clients 64mb",
                            ""));
            Process starter = new ProcessBuilder(
                            program.toString(), directory.resolve("redis.conf").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            if (!starter.waitFor(START_LIMIT.toSeconds(), TimeUnit.SECONDS) || starter.exitValue() != 0) {
                throw new EmbeddedServersException("the embedded Redis does not start; see " + log);
            }
            RedisServer server = new RedisServer(pidFile, polling);
            server.awaitAnswer(sockets.redis(), password, log);
            return server;
        } catch (IOException e) {
            throw new EmbeddedServersException(
                    "the embedded Redis does not start (" + e.getMessage() + "); see " + log, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedServersException("interrupted while the embedded Redis was starting", e);
        }
    }

    /** Stops the server if it outlived its owner. */
    static void stopLeftover(DataDirectory directory, Polling polling) throws EmbeddedServersException, IOException {
        BackgroundProcess.stopLeftover(directory.resolve("redis/redis.pid"), "redis-server", polling);
    }

    private static String quoted(Path path) {
        return '"' + path.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** Redis listens before it has loaded its data; only an answer to PING shows that it is ready. */
    private void awaitAnswer(Path socket, ServerPassword password, Path log)
            throws EmbeddedServersException, IOException {
        Optional<Boolean> answered = polling.poll(
                START_LIMIT, INTERVAL, () -> answers(socket, password) ? Optional.of(true) : Optional.empty());
        if (answered.isEmpty()) {
            throw new EmbeddedServersException("the embedded Redis does not answer; see " + log);
        }
    }

    private static boolean answers(Path path, ServerPassword password) {
        try (Socket socket = new UnixSocket(path)) {
            socket.connect(new InetSocketAddress(0));
            socket.setSoTimeout(ANSWER_LIMIT_MILLIS);
            OutputStream out = socket.getOutputStream();
            out.write(("AUTH " + password.value() + "\r\nPING\r\n").getBytes(StandardCharsets.US_ASCII));
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            return "+OK".equals(in.readLine()) && "+PONG".equals(in.readLine());
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() throws EmbeddedServersException, IOException {
        BackgroundProcess.stop(pidFile, "redis-server", polling);
        Files.deleteIfExists(pidFile);
    }
}

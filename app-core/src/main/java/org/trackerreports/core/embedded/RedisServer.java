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
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import redis.embedded.RedisExecProvider;

/**
 * The embedded Redis: with an append-only file and a password, bound to loopback. It detaches itself, so that Ctrl-C does not end it
 * before the daemon has returned its leases; the library's own launcher would stop it in a shutdown hook.
 */
final class RedisServer implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(5);
    private static final Duration INTERVAL = Duration.ofMillis(10);

    private final Path pidFile;
    private final int port;
    private final Polling polling;

    private RedisServer(Path pidFile, int port, Polling polling) {
        this.pidFile = pidFile;
        this.port = port;
        this.polling = polling;
    }

    static RedisServer start(DataDirectory directory, int port, String password, Polling polling)
            throws EmbeddedServersException {
        Path log = directory.resolve("redis.log");
        try {
            Path data = directory.directory("redis");
            Path pidFile = data.resolve("redis.pid");
            BackgroundProcess.stopLeftover(pidFile, "redis-server", polling);
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
            if (!starter.waitFor(START_LIMIT.toSeconds(), TimeUnit.SECONDS) || starter.exitValue() != 0) {
                throw new EmbeddedServersException("the embedded Redis does not start; see " + log);
            }
            RedisServer server = new RedisServer(pidFile, port, polling);
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

    /** Redis listens before it has loaded its data; only an answer to PING shows that it is ready. */
    private void awaitAnswer(String password, Path log) throws EmbeddedServersException, IOException {
        Optional<Boolean> answered =
                polling.poll(START_LIMIT, INTERVAL, () -> answers(password) ? Optional.of(true) : Optional.empty());
        if (answered.isEmpty()) {
            throw new EmbeddedServersException("the embedded Redis does not answer; see " + log);
        }
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
    public void close() throws EmbeddedServersException, IOException {
        BackgroundProcess.stop(pidFile, "redis-server", polling);
        Files.deleteIfExists(pidFile);
    }
}

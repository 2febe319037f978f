package org.trackerreports.sinks.standin;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.trackerreports.testsupport.FreePorts;
import org.trackerreports.testsupport.TestProcess;

/** A real mosquitto on a free port of loopback. */
public final class Mosquitto implements AutoCloseable {

    private final Path directory;
    private final List<String> settings;
    private final int port = FreePorts.next();
    private TestProcess process;

    private Mosquitto(Path directory, List<String> settings) {
        this.directory = directory;
        this.settings = settings;
        this.process = start();
    }

    /** Starts one that everybody may use. */
    public static Mosquitto start(Path directory) {
        return new Mosquitto(directory, List.of("allow_anonymous true"));
    }

    /** Starts one that asks for a user and a password. */
    public static Mosquitto withPassword(Path directory, String user, String password) throws IOException {
        Path passwords = Files.writeString(directory.resolve("passwords"), user + ":" + password + "\n");
        TestProcess.run(
                new ProcessBuilder(program("mosquitto_passwd"), "-U", passwords.toString()),
                "",
                Duration.ofSeconds(20));
        return new Mosquitto(directory, List.of("allow_anonymous false", "password_file " + passwords));
    }

    /** Starts one with TLS. */
    public static Mosquitto withTls(Path directory, Path certificate, Path key) {
        return new Mosquitto(directory, List.of("allow_anonymous true", "certfile " + certificate, "keyfile " + key));
    }

    private static String program(String name) {
        return Stream.of("/usr/sbin/", "/usr/bin/", "/usr/local/sbin/", "/opt/homebrew/sbin/")
                .map(folder -> folder + name)
                .filter(path -> Files.isExecutable(Path.of(path)))
                .findFirst()
                .orElseGet(() -> {
                    assumeTrue(false, name + " is not installed");
                    return "";
                });
    }

    private TestProcess start() {
        try {
            List<String> lines =
                    new ArrayList<>(List.of("listener " + port + " 127.0.0.1", "persistence false", "user root"));
            lines.addAll(settings);
            Path file = Files.write(directory.resolve("mosquitto.conf"), lines);
            TestProcess started = TestProcess.start(new ProcessBuilder(program("mosquitto"), "-c", file.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("mosquitto.log").toFile()));
            Awaitility.await()
                    .atMost(20, TimeUnit.SECONDS)
                    .pollDelay(Duration.ZERO)
                    .until(this::listens);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    public int port() {
        return port;
    }

    public URI url() {
        return URI.create("mqtt://127.0.0.1:" + port);
    }

    /** Ends it as a power cut would, and starts it again at the same port, without what it retained. */
    public void restart() {
        process.kill();
        process = start();
    }

    /** Ends it as a power cut would. */
    public void kill() {
        process.kill();
    }

    /** Starts it again. */
    public void startAgain() {
        process = start();
    }

    @Override
    public void close() {
        process.close();
    }
}

package org.trackerreports.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.trackerreports.fetcher.FetcherMain;

/** A daemon in a process of its own. Not thread-safe. */
public final class DaemonProcess implements AutoCloseable {

    private static final String JAVA_OPTIONS = "fetcher-java.options";
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration LOOK = Duration.ofMillis(5);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final long began = System.nanoTime();
    private final Process process;

    private DaemonProcess(ProcessBuilder builder, Map<String, String> environment) throws IOException {
        builder.environment().putAll(environment);
        process = builder.start();
    }

    /** Starts the program that is handed out, with its log in {@code daemon.log}. */
    public static DaemonProcess handedOut(Path directory, Map<String, String> environment) throws IOException {
        return new DaemonProcess(
                JavaProcess.of(javaOptions(directory), FetcherMain.class.getName())
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("daemon.log").toFile()),
                environment);
    }

    /** Those of {@code ./findmy fetcher}. Java reads its file of options from a disk only. */
    private static List<String> javaOptions(Path directory) throws IOException {
        Path options = directory.resolve(JAVA_OPTIONS);
        try (InputStream file = Objects.requireNonNull(FetcherMain.class.getResourceAsStream(JAVA_OPTIONS))) {
            Files.copy(file, options, StandardCopyOption.REPLACE_EXISTING);
        }
        return List.of("@" + options, "-Xmx120m");
    }

    /** Starts it by a command, without a log. */
    public static DaemonProcess by(List<String> command, Map<String, String> environment) throws IOException {
        return new DaemonProcess(
                new ProcessBuilder(command)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD),
                environment);
    }

    /** What the operating system tells of it. */
    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** The time since its start. */
    public double seconds() {
        return (System.nanoTime() - began) / 1e9;
    }

    /** Waits a moment, and fails if it has ended. */
    public void lookAgain() {
        requireAlive();
        LockSupport.parkNanos(LOOK.toNanos());
    }

    /** Fails if it has ended. */
    public void requireAlive() {
        if (!process.isAlive()) {
            throw new IllegalStateException("the daemon ended with " + process.exitValue());
        }
    }

    /**
     * Waits until it answers.
     *
     * @return the seconds from its start
     */
    public double awaitAnswer(int port, String path) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(PATIENCE)
                .build();
        while (!answers(request)) {
            if (seconds() > PATIENCE.toSeconds()) {
                throw new IllegalStateException("the daemon does not answer " + path);
            }
            lookAgain();
        }
        return seconds();
    }

    private static boolean answers(HttpRequest request) throws InterruptedException {
        try {
            return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            // It does not listen yet.
            return false;
        }
    }

    /** Ends it, and waits for its end. */
    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}

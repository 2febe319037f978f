package org.trackerreports.testsupport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A program that a test starts, watches and ends. It is killed when it is closed and, at the latest, when the virtual machine of the tests
 * ends. Thread-safe.
 */
public final class TestProcess implements AutoCloseable {

    private static final Duration KILL_LIMIT = Duration.ofSeconds(10);

    private final Process process;

    /** How a program ended and what it printed. */
    public record Result(int exitCode, String out, String err) {}

    private TestProcess(Process process) {
        this.process = process;
    }

    /** Starts a program. */
    public static TestProcess start(ProcessBuilder builder) {
        try {
            Process process = builder.start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            return new TestProcess(process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Runs a program to its end.
     *
     * @param builder the program; where its output goes is set here
     * @param input what it reads from standard input
     * @param limit how long it may take
     * @return its result; {@code err} is empty if the builder merges both outputs
     * @throws AssertionError if it does not end in time; the message has its output, and the stacks of its threads if it runs on Java
     */
    public static Result run(ProcessBuilder builder, String input, Duration limit) {
        try {
            Path directory = Files.createTempDirectory("test-process");
            Path in = Files.writeString(directory.resolve("in"), input);
            Path out = Files.createFile(directory.resolve("out"));
            Path err = Files.createFile(directory.resolve("err"));
            builder.redirectInput(in.toFile()).redirectOutput(out.toFile()).redirectError(err.toFile());
            try {
                Process process = builder.start();
                if (!waitFor(process, limit)) {
                    // A virtual machine prints the stacks of its threads.
                    signal(process, "QUIT");
                    waitFor(process, Duration.ofSeconds(5));
                    process.destroyForcibly();
                    throw new AssertionError("not ended within " + limit + ": " + String.join(" ", builder.command())
                            + "\n" + Files.readString(out) + Files.readString(err));
                }
                return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
            } finally {
                Directories.delete(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The process id. */
    public long pid() {
        return process.pid();
    }

    /** Whether it still runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** What it prints, if the builder does not redirect it. */
    public InputStream output() {
        return process.getInputStream();
    }

    /** What it prints as errors, if the builder does not redirect it. */
    public InputStream errors() {
        return process.getErrorStream();
    }

    /** What it reads from standard input, if the builder does not redirect it. */
    public OutputStream input() {
        return process.getOutputStream();
    }

    /**
     * Waits for its output to end and reads it.
     *
     * @return the output as UTF-8
     */
    public String readOutput() {
        try {
            return new String(output().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Sends it a signal.
     *
     * @param name as {@code kill} takes it, for example {@code TERM} or {@code STOP}
     */
    public void signal(String name) {
        try {
            signal(process, name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void signal(Process process, String name) throws IOException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
        if (!waitFor(kill, KILL_LIMIT) || kill.exitValue() != 0) {
            throw new AssertionError("Signal " + name + " could not be sent to process " + process.pid() + ".");
        }
    }

    /**
     * Waits until it ends.
     *
     * @param limit how long to wait at most
     * @throws AssertionError if it still runs then
     */
    public int exitCode(Duration limit) {
        if (!waitFor(process, limit)) {
            throw new AssertionError("Process " + process.pid() + " did not end within " + limit + ".");
        }
        return process.exitValue();
    }

    /** Kills it without a chance to clean up, and waits until it has ended. Does nothing if it has. */
    public void kill() {
        process.destroyForcibly();
        exitCode(KILL_LIMIT);
    }

    /** Kills it. */
    @Override
    public void close() {
        kill();
    }

    private static boolean waitFor(Process process, Duration limit) {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for process " + process.pid(), e);
        }
    }
}

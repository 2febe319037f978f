package org.trackerreports.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Leaves nothing behind when a signal ends the program: ends what it started, removes what that wrote, and says what was measured until then.
 * Close it when nothing is measured any more.
 */
final class SignalEnd {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofMillis(100);

    private final Path directory;
    private final Runnable lastWords;
    private final Thread measuring = Thread.currentThread();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean begun;
    private final Thread hook = new Thread(this::end, "end");

    private SignalEnd(Path directory, Runnable lastWords) {
        this.directory = directory;
        this.lastWords = lastWords;
    }

    /**
     * Begins to listen for signals.
     *
     * @param directory where everything is that is written meanwhile; removed at the end, also at a normal one
     * @param lastWords says what was measured so far
     */
    static SignalEnd listen(Path directory, Runnable lastWords) {
        SignalEnd end = new SignalEnd(directory, lastWords);
        Runtime.getRuntime().addShutdownHook(end.hook);
        return end;
    }

    /** Whether a signal ends the program, so that nothing else should begin. */
    boolean hasBegun() {
        return begun;
    }

    private void end() {
        begun = true;
        // First, because an interrupted thread does not wait for the end of what it closes.
        endProcesses();
        measuring.interrupt();
        awaitClosed();
        endProcesses();
        lastWords.run();
        try {
            removeDirectory();
        } catch (IOException | UncheckedIOException e) {
            System.err.println("Not everything could be removed from " + directory + ": " + e.getMessage());
        }
    }

    private void endProcesses() {
        long began = System.nanoTime();
        // A server removes its file shortly before its end.
        Set<ProcessHandle> left = new HashSet<>(started());
        while (!left.isEmpty() && System.nanoTime() - began < PATIENCE.toNanos()) {
            left.forEach(ProcessHandle::destroy);
            LockSupport.parkNanos(LOOK.toNanos());
            left.addAll(started());
            left.removeIf(process -> !process.isAlive());
        }
    }

    /** The topic fails without its processes, and then closes what it opened. */
    private void awaitClosed() {
        try {
            if (!closed.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                System.err.println(
                        "The measurement did not end; some of what it wrote may be left in the directory for temporary files.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<ProcessHandle> started() {
        return Stream.concat(Stream.of(ProcessHandle.current()), servers())
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                .filter(process -> !process.equals(ProcessHandle.current()))
                .toList();
    }

    /** They go on by themselves, so they are no children of this process. */
    private Stream<ProcessHandle> servers() {
        try (Stream<Path> files = Files.find(
                directory,
                4,
                (file, attributes) -> LocalServers.PID_FILES.stream().anyMatch(file::endsWith))) {
            return files.toList().stream().map(SignalEnd::process).flatMap(Optional::stream);
        } catch (IOException | UncheckedIOException e) {
            // A file was removed meanwhile.
            return Stream.empty();
        }
    }

    private static Optional<ProcessHandle> process(Path pidFile) {
        try {
            return LocalServers.process(pidFile);
        } catch (IOException | NumberFormatException e) {
            // It is being written or removed.
            return Optional.empty();
        }
    }

    private void removeDirectory() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Nothing is measured any more. */
    void close() throws IOException {
        closed.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // A signal ends the program, and the hook does the rest.
            return;
        }
        removeDirectory();
    }
}

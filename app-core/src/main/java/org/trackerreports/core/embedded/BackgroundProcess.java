package org.trackerreports.core.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Servers that run in the background, known by the file that holds their process id. */
final class BackgroundProcess {

    private static final Logger LOG = LoggerFactory.getLogger(BackgroundProcess.class);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

    private BackgroundProcess() {}

    /**
     * Stops a server that outlived its owner, because the owner was killed; does nothing if there is none.
     *
     * @param pidFile its first line is a process id
     * @param program what the command of such a process contains; another process may have got the number since
     */
    static void stopLeftover(Path pidFile, String program) throws EmbeddedServersException {
        if (process(pidFile, program).isPresent()) {
            LOG.info("Stopping a {} that an earlier run has left.", program);
            stop(pidFile, program);
        }
    }

    /** Stops a server, if it runs, and waits until it has ended. */
    static void stop(Path pidFile, String program) throws EmbeddedServersException {
        Optional<ProcessHandle> process = process(pidFile, program);
        if (process.isEmpty()) {
            return;
        }
        process.get().destroy();
        // Looked at again and again, because the platform's own notice comes seconds late for a process that is no
        // child of this one.
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (runs(process.get(), program)) {
            if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
                throw new EmbeddedServersException(
                        program + " (process " + process.get().pid() + ") does not stop; end it, then start again");
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    /** A process that has ended but was not yet collected by its parent has no command any more. */
    private static boolean runs(ProcessHandle process, String program) {
        return process.isAlive() && process.info().command().orElse("").contains(program);
    }

    private static Optional<ProcessHandle> process(Path pidFile, String program) {
        try {
            String first =
                    Files.readString(pidFile).lines().findFirst().orElse("").strip();
            return ProcessHandle.of(Long.parseLong(first)).filter(process -> runs(process, program));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}

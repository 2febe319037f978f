package org.trackerreports.core.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops servers that run in the background. The file that holds its process id identifies a server. */
final class BackgroundProcess {

    private static final Logger LOG = LoggerFactory.getLogger(BackgroundProcess.class);
    private static final Duration STOP_LIMIT = Duration.ofMinutes(1);
    private static final Duration INTERVAL = Duration.ofMillis(10);

    private BackgroundProcess() {}

    /**
     * Stops a server that outlived its owner, because the owner was killed; does nothing if there is none.
     *
     * @param pidFile its first line is a process id
     * @param program what the command of such a process contains; another process may have this id by now
     */
    static void stopLeftover(Path pidFile, String program, Polling polling)
            throws EmbeddedServersException, IOException {
        if (process(pidFile, program).isPresent()) {
            LOG.info("Stopping a {} that an earlier run left behind.", program);
            stop(pidFile, program, polling);
        }
    }

    /** Stops a server, if it runs, and waits until it has ended. */
    static void stop(Path pidFile, String program, Polling polling) throws EmbeddedServersException, IOException {
        Optional<ProcessHandle> process = process(pidFile, program);
        if (process.isEmpty()) {
            return;
        }
        process.get().destroy();
        // Polled, because the platform reports the end of a process that is not its child seconds late.
        Optional<Boolean> stopped = polling.poll(
                STOP_LIMIT, INTERVAL, () -> runs(process.get(), program) ? Optional.empty() : Optional.of(true));
        if (stopped.isEmpty()) {
            throw new EmbeddedServersException(
                    program + " (process " + process.get().pid() + ") does not stop; end it, then start again");
        }
    }

    /** A process that has ended but was not yet collected by its parent has no command. */
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

package org.trackerreports.fetcher.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Servers that run in the background, known by the file that holds their process id. */
final class BackgroundProcess {

    private static final Logger LOG = LoggerFactory.getLogger(BackgroundProcess.class);
    private static final long PATIENCE_SECONDS = 20;

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
        try {
            process.get().onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedServersException("interrupted while " + program + " was stopping", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new EmbeddedServersException(
                    program + " (process " + process.get().pid() + ") does not stop; end it, then start again", e);
        }
    }

    private static Optional<ProcessHandle> process(Path pidFile, String program) {
        try {
            String first =
                    Files.readString(pidFile).lines().findFirst().orElse("").strip();
            return ProcessHandle.of(Long.parseLong(first))
                    .filter(ProcessHandle::isAlive)
                    .filter(process -> process.info().command().orElse("").contains(program));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}

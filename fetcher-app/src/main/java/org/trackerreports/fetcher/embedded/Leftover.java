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

/** A server that outlived its owner, because the owner was killed. */
final class Leftover {

    private static final Logger LOG = LoggerFactory.getLogger(Leftover.class);
    private static final long PATIENCE_SECONDS = 20;

    private Leftover() {}

    /**
     * Stops the server that a pid file names, if it still runs.
     *
     * @param pidFile its first line is a process id
     * @param program what the command of such a process contains; another process may have got the number since
     */
    static void stop(Path pidFile, String program) throws EmbeddedServersException {
        Optional<ProcessHandle> process = process(pidFile)
                .filter(handle -> handle.info().command().orElse("").contains(program));
        if (process.isEmpty()) {
            return;
        }
        LOG.info(
                "Stopping a {} that was left over (process {}).",
                program,
                process.get().pid());
        process.get().destroy();
        try {
            process.get().onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedServersException("interrupted while a left over " + program + " was stopping", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new EmbeddedServersException(
                    "a " + program + " of an earlier run (process "
                            + process.get().pid() + ") does not stop; end it, then start again",
                    e);
        }
    }

    static Optional<ProcessHandle> process(Path pidFile) {
        try {
            String first =
                    Files.readString(pidFile).lines().findFirst().orElse("").strip();
            return ProcessHandle.of(Long.parseLong(first)).filter(ProcessHandle::isAlive);
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}

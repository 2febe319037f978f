package org.trackerreports.core.embedded;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.trackerreports.core.lifecycle.DaemonThreads;

/**
 * A start of servers that goes to its end even if the program is told to stop meanwhile: in the middle of it, nobody knows what runs already.
 */
final class WholeStart {

    private final CompletableFuture<EmbeddedServers> started = new CompletableFuture<>();

    private WholeStart() {}

    /**
     * Starts servers on a thread that nobody interrupts, and waits for it.
     *
     * @throws EmbeddedServersException if they do not start, or if the program was told to stop; then they do not run any more
     */
    static EmbeddedServers of(Callable<EmbeddedServers> start) throws EmbeddedServersException, IOException {
        return new WholeStart().complete(start);
    }

    private EmbeddedServers complete(Callable<EmbeddedServers> start) throws EmbeddedServersException, IOException {
        // As long as they are nobody's, the end of the program stops them.
        Thread stop =
                new Thread(() -> started.thenAccept(EmbeddedServers::close).join(), "stop started servers");
        try {
            Runtime.getRuntime().addShutdownHook(stop);
            DaemonThreads.named("servers").newThread(() -> run(start)).start();
            awaitEnd();
            Runtime.getRuntime().removeShutdownHook(stop);
        } catch (IllegalStateException e) {
            throw new EmbeddedServersException("the program ended while the embedded servers were starting", e);
        }
        EmbeddedServers servers = result();
        if (Thread.interrupted()) {
            servers.close();
            Thread.currentThread().interrupt();
            throw new EmbeddedServersException("interrupted while the embedded servers were starting");
        }
        return servers;
    }

    private void run(Callable<EmbeddedServers> start) {
        try {
            started.complete(start.call());
        } catch (Exception | Error e) {
            started.completeExceptionally(e);
        }
    }

    private void awaitEnd() {
        // Joining goes on when it is interrupted, and leaves the thread interrupted.
        started.handle((servers, failure) -> true).join();
    }

    private EmbeddedServers result() throws EmbeddedServersException, IOException {
        try {
            return started.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof EmbeddedServersException failure) {
                throw failure;
            }
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        }
    }
}

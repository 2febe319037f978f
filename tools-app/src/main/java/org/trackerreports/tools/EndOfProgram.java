package org.trackerreports.tools;

import java.util.concurrent.CountDownLatch;
import org.trackerreports.core.wiring.Application;

/**
 * Closes the application when a signal ends the program in the middle of a command, so that no server that the command started keeps
 * running. Close it when the command has ended by itself. Thread-safe.
 */
final class EndOfProgram implements AutoCloseable {

    private final Thread hook;
    private volatile boolean ending;

    private EndOfProgram(Application application) {
        hook = new Thread(
                () -> {
                    ending = true;
                    application.close();
                },
                "close everything at the end");
    }

    static EndOfProgram closing(Application application) {
        EndOfProgram end = new EndOfProgram(application);
        Runtime.getRuntime().addShutdownHook(end.hook);
        return end;
    }

    /** Does not return while a signal ends the program: failures then come from the closing and must not be reported. */
    void awaitIfEnding() {
        if (!ending) {
            return;
        }
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The program is ending, and the hook does its work.
            return;
        }
    }
}

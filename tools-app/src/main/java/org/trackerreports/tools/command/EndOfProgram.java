package org.trackerreports.tools.command;

import java.util.concurrent.CountDownLatch;
import org.trackerreports.core.wiring.Application;

/**
 * Closes the configured system when a signal ends the program in the middle of a command, so that no server that the command had
 * started stays behind. Close it when the command has ended by itself. Thread-safe.
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

    /** Begins to watch. */
    static EndOfProgram closing(Application application) {
        EndOfProgram end = new EndOfProgram(application);
        Runtime.getRuntime().addShutdownHook(end.hook);
        return end;
    }

    /** If the program is being ended, does not return: what fails then fails because of it, and is no news to anybody. */
    void awaitIfEnding() throws InterruptedException {
        if (ending) {
            new CountDownLatch(1).await();
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The program is being ended, and the hook does its work.
            return;
        }
    }
}

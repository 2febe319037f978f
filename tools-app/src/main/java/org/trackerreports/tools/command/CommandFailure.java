package org.trackerreports.tools.command;

import java.nio.file.FileSystemException;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.core.failure.Failure;
import org.trackerreports.core.failure.Failures;
import org.trackerreports.core.text.FileProblems;

/** Ends a command with a message for the person at the terminal: what was found, what was expected, what to do next. */
public final class CommandFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    /**
     * @param exitCode one of {@link org.trackerreports.core.failure.ExitCode}
     * @param message one or more lines; no secret, key or coordinate
     */
    public CommandFailure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** The message and the exit code for an exception that ends a command. */
    public static Failure describe(Exception exception) {
        if (exception instanceof CommandFailure failure) {
            return new Failure(failure.exitCode, Failures.message(failure));
        }
        return exception instanceof FileSystemException problem
                ? new Failure(ExitCode.FAILED, FileProblems.sentence(problem))
                : Failures.of(exception);
    }
}

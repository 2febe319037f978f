package org.trackerreports.core.failure;

import com.google.inject.ProvisionException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.redisson.client.RedisException;
import org.trackerreports.core.config.ConfigurationException;
import org.trackerreports.core.embedded.EmbeddedServersException;
import org.trackerreports.core.text.FileProblems;
import org.trackerreports.findmy.anisette.AnisetteException;
import org.trackerreports.queue.QueueUnavailableException;
import org.trackerreports.queue.RedisProblem;
import org.trackerreports.store.error.SchemaMismatchException;
import org.trackerreports.store.error.StoreException;
import org.trackerreports.store.error.WrongMasterKeyException;

/** Finds out what an exception that ends a program means to the person at the terminal. */
public final class Failures {

    private Failures() {}

    /** The failure that an exception stands for: the first of its causes that a person can act on. */
    public static Failure of(Throwable thrown) {
        List<Throwable> causes = Causes.of(thrown);
        // What cannot be set up has to be configured; what fails later is a failure of the command.
        int exitCode = causes.stream().anyMatch(ProvisionException.class::isInstance)
                ? ExitCode.CONFIGURATION
                : ExitCode.FAILED;
        return causes.stream()
                .flatMap(cause -> known(cause, exitCode).stream())
                .findFirst()
                .orElseGet(Failures::unexpected);
    }

    private static Optional<Failure> known(Throwable cause, int exitCode) {
        if (cause instanceof ConfigurationException
                || cause instanceof EmbeddedServersException
                || cause instanceof SchemaMismatchException
                || cause instanceof WrongMasterKeyException) {
            return Optional.of(new Failure(ExitCode.CONFIGURATION, message(cause)));
        }
        if (cause instanceof StoreException || cause instanceof SQLException) {
            return Optional.of(DatabaseFailure.of(cause));
        }
        if (cause instanceof QueueUnavailableException || cause instanceof RedisException) {
            return Optional.of(redis(RedisProblem.of(cause)));
        }
        if (cause instanceof AnisetteException) {
            return Optional.of(new Failure(ExitCode.UNAVAILABLE, message(cause)));
        }
        if (cause instanceof FileSystemException file && file.getFile() != null) {
            return Optional.of(new Failure(exitCode, FileProblems.sentence(file)));
        }
        return cause instanceof IOException && cause.getMessage() != null
                ? Optional.of(new Failure(exitCode, message(cause)))
                : Optional.empty();
    }

    private static Failure redis(RedisProblem problem) {
        return problem.passes()
                ? new Failure(
                        ExitCode.UNAVAILABLE,
                        "Redis is not available: " + problem.sentence() + ". Check REDIS_URL, or try again later.")
                : new Failure(
                        ExitCode.CONFIGURATION, "Redis cannot be used: " + problem.sentence() + ". Check REDIS_URL.");
    }

    /** Nobody but a developer can do anything about it, so the text of the exception helps nobody else. */
    private static Failure unexpected() {
        return new Failure(
                ExitCode.FAILED,
                "Something went wrong inside the program, which is not your mistake. Please report it, with what"
                        + " LOG_LEVEL=debug shows.");
    }

    /** The message of an exception on one line for each of its own lines, or that there is none. */
    public static String message(Throwable thrown) {
        String message = thrown.getMessage();
        return message == null ? "no reason is known" : message;
    }
}

package org.trackerreports.core.failure;

import com.google.inject.ProvisionException;
import java.io.IOException;
import java.sql.SQLException;
import org.redisson.client.RedisAuthRequiredException;
import org.redisson.client.RedisException;
import org.redisson.client.RedisWrongPasswordException;
import org.trackerreports.core.config.ConfigurationException;
import org.trackerreports.core.embedded.EmbeddedServersException;
import org.trackerreports.queue.QueueUnavailableException;
import org.trackerreports.store.error.SchemaMismatchException;
import org.trackerreports.store.error.StoreException;
import org.trackerreports.store.error.WrongMasterKeyException;

/** Finds out what an exception that ends a program means to the person at the terminal. */
public final class Failures {

    private Failures() {}

    /** The failure that an exception stands for: the first of its causes that a person can act on. */
    public static Failure of(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConfigurationException
                    || cause instanceof EmbeddedServersException
                    || cause instanceof SchemaMismatchException
                    || cause instanceof WrongMasterKeyException) {
                return new Failure(ExitCode.CONFIGURATION, message(cause));
            }
            if (cause instanceof StoreException store) {
                return DatabaseFailure.of(store)
                        .orElseGet(() -> new Failure(
                                store.worthRepeating() ? ExitCode.UNAVAILABLE : ExitCode.FAILED, message(store)));
            }
            if (cause instanceof SQLException) {
                return DatabaseFailure.of(cause).orElseGet(() -> new Failure(ExitCode.FAILED, message(thrown)));
            }
            if (cause instanceof QueueUnavailableException || cause instanceof RedisException) {
                if (refusedSignIn(cause)) {
                    return new Failure(ExitCode.CONFIGURATION, "Redis refused the password; check REDIS_URL.");
                }
                return new Failure(
                        ExitCode.UNAVAILABLE,
                        "Redis is not available (" + cause.getMessage() + "); check REDIS_URL, or try again later");
            }
            if (cause instanceof IOException && !(thrown instanceof ProvisionException)) {
                return new Failure(ExitCode.FAILED, message(cause));
            }
        }
        Throwable root = thrown instanceof ProvisionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        return new Failure(root instanceof IOException ? ExitCode.CONFIGURATION : ExitCode.FAILED, message(root));
    }

    /** The message of an exception, or the name of its class if it has none. */
    public static String message(Throwable thrown) {
        String message = thrown.getMessage();
        return message == null ? thrown.getClass().getSimpleName() : message;
    }

    private static boolean refusedSignIn(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof RedisAuthRequiredException || cause instanceof RedisWrongPasswordException) {
                return true;
            }
        }
        return false;
    }
}

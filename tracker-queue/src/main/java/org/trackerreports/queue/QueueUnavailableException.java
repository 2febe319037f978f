package org.trackerreports.queue;

/**
 * Redis did not answer in time, or could not do what was asked. Nothing was granted. Whether a change took place is not
 * known; every operation may simply be called again, and a lease nobody knows of runs out by itself.
 */
public final class QueueUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    QueueUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}

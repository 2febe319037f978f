package org.trackerreports.queue;

/**
 * Redis did not answer in time, or could not do what was asked. Nothing was granted. It is not known whether a change took place:
 * every operation may be called again, and a lease that nobody knows of expires by itself.
 */
public final class QueueUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    QueueUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}

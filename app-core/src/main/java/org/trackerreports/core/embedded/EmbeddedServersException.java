package org.trackerreports.core.embedded;

/** The embedded servers cannot be used. The message says why and what to do. */
public final class EmbeddedServersException extends Exception {

    private static final long serialVersionUID = 1L;

    EmbeddedServersException(String message) {
        super(message);
    }

    EmbeddedServersException(String message, Throwable cause) {
        super(message, cause);
    }
}

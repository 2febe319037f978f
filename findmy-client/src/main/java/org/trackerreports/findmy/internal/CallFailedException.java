package org.trackerreports.findmy.internal;

import java.io.IOException;

/** A call that got no usable answer. */
public final class CallFailedException extends IOException {

    private static final long serialVersionUID = 1L;

    /** What went wrong. */
    public enum Kind {
        /** No complete answer within the time of a call. */
        TIMED_OUT,
        /** No connection, or it broke. */
        CONNECTION,
        /** The server's certificate is not one to trust, or TLS failed otherwise. */
        TLS,
        /** The answer is larger than the limit. */
        TOO_LARGE
    }

    private final Kind kind;

    CallFailedException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** What went wrong. */
    public Kind kind() {
        return kind;
    }
}

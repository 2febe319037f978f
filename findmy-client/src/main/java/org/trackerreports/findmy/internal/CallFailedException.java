package org.trackerreports.findmy.internal;

import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A call failed without a complete response. */
public final class CallFailedException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Why a call failed. */
    public enum Kind {
        /** No complete response within the time limit. */
        TIMED_OUT,
        /** The connection could not be opened, or broke. */
        CONNECTION,
        /** The server's certificate is not trusted, or TLS failed otherwise. */
        TLS,
        /** The response is larger than the limit. */
        TOO_LARGE
    }

    private final Kind kind;

    CallFailedException(Kind kind, String message, @Nullable Throwable cause) {
        super(ServerText.safe(message), cause);
        this.kind = kind;
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    /** Why the call failed. */
    public Kind kind() {
        return kind;
    }
}

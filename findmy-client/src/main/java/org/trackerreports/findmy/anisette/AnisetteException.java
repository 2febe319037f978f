package org.trackerreports.findmy.anisette;

import java.io.IOException;
import java.util.Objects;
import org.trackerreports.findmy.internal.ServerText;

/** Anisette data is not available. The message says why, and what to do. */
public final class AnisetteException extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * An exception without a cause.
     *
     * @param message why there is no data
     */
    public AnisetteException(String message) {
        super(ServerText.safe(message));
    }

    /**
     * An exception with a cause.
     *
     * @param message why there is no data
     * @param cause the failure
     */
    public AnisetteException(String message, Throwable cause) {
        super(ServerText.safe(message), cause);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}

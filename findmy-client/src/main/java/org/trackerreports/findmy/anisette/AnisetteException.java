package org.trackerreports.findmy.anisette;

import java.io.IOException;

/** There is no anisette data to be had at the moment. */
public final class AnisetteException extends IOException {

    private static final long serialVersionUID = 1L;

    public AnisetteException(String message) {
        super(message);
    }

    public AnisetteException(String message, Throwable cause) {
        super(message, cause);
    }
}

package org.trackerreports.findmy.file;

import java.io.IOException;

/** Another user of this machine could change a file or directory. The message names it, and says what to do. */
public final class UnsafeFileException extends IOException {

    private static final long serialVersionUID = 1L;

    UnsafeFileException(String message) {
        super(message);
    }
}

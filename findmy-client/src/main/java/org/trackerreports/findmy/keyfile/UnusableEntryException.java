package org.trackerreports.findmy.keyfile;

import java.util.Objects;

/** An entry of a key file cannot be used. The message is for the user and contains no key material. */
final class UnusableEntryException extends Exception {

    private static final long serialVersionUID = 1L;

    UnusableEntryException(String message) {
        super(message, null, false, false);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}

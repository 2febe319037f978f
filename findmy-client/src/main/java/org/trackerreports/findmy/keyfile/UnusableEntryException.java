package org.trackerreports.findmy.keyfile;

/** One entry of a key file cannot be used. The message is for the user and free of key material. */
final class UnusableEntryException extends Exception {

    private static final long serialVersionUID = 1L;

    UnusableEntryException(String message) {
        super(message, null, false, false);
    }
}

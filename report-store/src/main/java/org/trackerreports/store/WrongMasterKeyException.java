package org.trackerreports.store;

/** The master key is not the one under which this database's secrets are encrypted. Nothing was read or changed. */
public final class WrongMasterKeyException extends StoreException {

    private static final long serialVersionUID = 1;

    WrongMasterKeyException(String message) {
        super(message, null, false);
    }
}

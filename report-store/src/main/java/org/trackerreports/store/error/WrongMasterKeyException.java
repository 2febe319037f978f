package org.trackerreports.store.error;

/** The master key is not the one under which this database's secrets are encrypted. Nothing was read or changed. */
public final class WrongMasterKeyException extends StoreException {

    private static final long serialVersionUID = 1;

    public WrongMasterKeyException(String message) {
        super(message, null, false);
    }
}

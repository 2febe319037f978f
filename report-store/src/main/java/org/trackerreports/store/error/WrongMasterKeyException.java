package org.trackerreports.store.error;

/** The given master key is not the key that encrypts the secrets of this database. Nothing was read or changed. */
public final class WrongMasterKeyException extends StoreException {

    private static final long serialVersionUID = 1;

    public WrongMasterKeyException(String message) {
        super(message);
    }
}

package org.trackerreports.store.error;

/** The call needs the master key, but the store was opened without it. Nothing was read or changed. */
public final class MissingMasterKeyException extends StoreException {

    private static final long serialVersionUID = 1;

    public MissingMasterKeyException(String message) {
        super(message);
    }
}

package org.trackerreports.store.error;

/** The database's tables are older or newer than this version of the library, or are not there. The message says what helps. */
public final class SchemaMismatchException extends StoreException {

    private static final long serialVersionUID = 1;

    public SchemaMismatchException(String message) {
        super(message, null, false);
    }
}

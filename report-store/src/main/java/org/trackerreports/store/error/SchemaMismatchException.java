package org.trackerreports.store.error;

/**
 * The tables of the database are missing, or are older or newer than this version of the library. The message names the command that
 * helps.
 */
public final class SchemaMismatchException extends StoreException {

    private static final long serialVersionUID = 1;

    public SchemaMismatchException(String message) {
        super(message);
    }
}

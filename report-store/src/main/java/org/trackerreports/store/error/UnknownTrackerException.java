package org.trackerreports.store.error;

/** A query named a tracker that does not exist. */
public final class UnknownTrackerException extends StoreException {

    private static final long serialVersionUID = 1;

    public UnknownTrackerException(long id) {
        super("there is no tracker with id " + id + "; it may have been removed");
    }
}

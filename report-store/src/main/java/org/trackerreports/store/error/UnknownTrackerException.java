package org.trackerreports.store.error;

/** A question about a tracker that is not there. */
public final class UnknownTrackerException extends StoreException {

    private static final long serialVersionUID = 1;

    public UnknownTrackerException(long id) {
        super("there is no tracker with id " + id + "; it may have been removed", null, false);
    }
}

package org.trackerreports.store.error;

/**
 * A call to the database failed. The transaction of the call is either committed or rolled back as a whole.
 *
 * <p>The message contains the first line of the server's message and the SQLSTATE, but not the detail lines, because these contain values
 * of rows.
 */
public class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final boolean worthRepeating;

    /** A failure that stays until somebody changes something. */
    public StoreException(String message) {
        this(message, false);
    }

    public StoreException(String message, boolean worthRepeating) {
        super(message);
        this.worthRepeating = worthRepeating;
    }

    public StoreException(String message, Throwable cause, boolean worthRepeating) {
        super(message, cause);
        this.worthRepeating = worthRepeating;
    }

    /**
     * Whether the same call may succeed later by itself: the connection was lost, the server was starting or overloaded, or the call
     * conflicted with another transaction. Every call of this library can be repeated safely.
     */
    public boolean worthRepeating() {
        return worthRepeating;
    }
}

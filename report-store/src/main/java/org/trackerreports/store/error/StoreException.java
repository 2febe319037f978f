package org.trackerreports.store.error;

/**
 * The database did not do what it was asked. Nothing is half-written: a call's transaction is either committed or rolled back.
 *
 * <p>The message holds the server's own first line and SQLSTATE, without the detail lines, because those repeat row contents.
 */
public class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final boolean worthRepeating;

    public StoreException(String message, Throwable cause, boolean worthRepeating) {
        super(message, cause);
        this.worthRepeating = worthRepeating;
    }

    /**
     * Whether the same call may succeed later without anybody changing anything: the connection was lost, the server was
     * starting or full, or another transaction was in the way. Every call of this library can be repeated safely.
     */
    public boolean worthRepeating() {
        return worthRepeating;
    }
}

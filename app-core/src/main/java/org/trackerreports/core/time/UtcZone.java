package org.trackerreports.core.time;

import java.sql.SQLException;
import java.util.TimeZone;

/**
 * Opens connections as if the machine were in UTC: PostgreSQL's driver announces the JVM's default zone to the server, no setting changes
 * that, and a server refuses a name that its time zone data lacks. Nothing depends on the zone of a session. Thread-safe.
 */
public final class UtcZone {

    private UtcZone() {}

    /** What opens a connection. */
    @FunctionalInterface
    public interface Opening<T> {
        T open() throws SQLException;
    }

    /** Opens a connection while the JVM's default zone is UTC, one at a time. */
    public static <T> T open(Opening<T> opening) throws SQLException {
        synchronized (UtcZone.class) {
            TimeZone own = TimeZone.getDefault();
            TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
            try {
                return opening.open();
            } finally {
                TimeZone.setDefault(own);
            }
        }
    }
}

package org.trackerreports.store.internal.inbox;

import java.sql.Connection;
import java.sql.SQLException;
import org.trackerreports.store.internal.sql.StoreSettings;

/** The highest position that was removed from the feed: after it, the feed is complete. It never falls. */
public final class FeedFloor {

    /** The name under which it is kept in {@code store_settings}. */
    public static final String SETTING = "feed_floor";

    private FeedFloor() {}

    /** The floor; 0 if nothing was removed yet. */
    public static long read(Connection connection) throws SQLException {
        return StoreSettings.find(connection, SETTING).map(Long::parseLong).orElse(0L);
    }

    /** Raises the floor. Only for the holder of the lock of the feed. */
    public static void raise(Connection connection, long position) throws SQLException {
        StoreSettings.put(connection, SETTING, Long.toString(position));
    }
}

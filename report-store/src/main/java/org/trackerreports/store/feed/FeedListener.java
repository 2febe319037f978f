package org.trackerreports.store.feed;

import java.time.Duration;

/** Wakes a reader when something is stored. A notification can be lost, so read from time to time anyway. Not thread-safe. */
public interface FeedListener extends AutoCloseable {

    /**
     * Waits for a notification.
     *
     * @return true if there was one within the time
     * @throws org.trackerreports.store.error.StoreException if the connection is lost; listen again
     */
    boolean await(Duration time);

    @Override
    void close();
}

package org.trackerreports.fetcher.daemon;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.store.feed.Feed;

/**
 * Removes from the feed, now and then, what every reader has read, and what is older than it is kept. Whoever gives positions in the feed does
 * this, so that it cannot grow without end; any number of processes may. Used by one thread.
 */
final class FeedPurge {

    static final Duration PERIOD = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(FeedPurge.class);

    /** For readers that keep their place themselves. */
    private static final Duration AT_LEAST = Duration.ofHours(1);

    private final Feed feed;
    private final Duration retention;
    private final Clock clock;
    private Instant next = Instant.MIN;

    /** @param retention how long the feed keeps what not every reader has read */
    FeedPurge(Feed feed, Duration retention, Clock clock) {
        this.feed = feed;
        this.retention = retention;
        this.clock = clock;
    }

    /** Does it if it is due. */
    void run() {
        Instant now = clock.instant();
        if (now.isBefore(next)) {
            return;
        }
        next = now.plus(PERIOD);
        long removed = feed.purge(AT_LEAST, retention);
        LOG.debug("Removed {} entries of the feed.", removed);
    }
}

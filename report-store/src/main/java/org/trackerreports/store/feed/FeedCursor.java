package org.trackerreports.store.feed;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * How far a consumer has come.
 *
 * @param consumer its name
 * @param place up to and including this item everything is done
 * @param owner the instance that works for it now
 * @param heardAt when an instance last claimed or moved it, by the clock of the database
 */
public record FeedCursor(String consumer, FeedPlace place, Optional<String> owner, Instant heardAt) {

    public FeedCursor {
        Objects.requireNonNull(consumer, "consumer");
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(heardAt, "heardAt");
    }
}

package org.trackerreports.store.place;

import java.time.Instant;
import java.util.Objects;
import java.util.Set;

/**
 * Which transitions to read.
 *
 * @param trackerIds empty for all
 * @param placeIds empty for all
 * @param from event times from here
 * @param to event times before this
 * @param withWithdrawn whether to read also those that did not happen after all
 */
public record TransitionQuery(
        Set<Long> trackerIds, Set<Long> placeIds, Instant from, Instant to, boolean withWithdrawn) {

    public TransitionQuery {
        trackerIds = Set.copyOf(trackerIds);
        placeIds = Set.copyOf(placeIds);
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("the time range ends before it begins");
        }
    }
}

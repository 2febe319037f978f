package org.trackerreports.store.place;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Which part of some transitions to read. Transitions are sorted by event time, and those of the same time by id.
 *
 * @param labels only of trackers that have all of these; empty for all
 * @param newestFirst whether the order is the other way round
 * @param after the last transition of the page before; empty for the first page
 * @param limit at least 1
 */
public record TransitionPage(Map<String, String> labels, boolean newestFirst, Optional<Place> after, int limit) {

    /** Where a transition stands in the order. */
    public record Place(Instant eventTime, UUID id) {

        public Place {
            Objects.requireNonNull(eventTime, "eventTime");
            Objects.requireNonNull(id, "id");
        }

        public static Place of(Transition transition) {
            return new Place(transition.eventTime(), transition.id());
        }
    }

    public TransitionPage {
        labels = Map.copyOf(labels);
        Objects.requireNonNull(after, "after");
        if (limit < 1) {
            throw new IllegalArgumentException("the limit is " + limit + "; it must be 1 or more");
        }
    }
}

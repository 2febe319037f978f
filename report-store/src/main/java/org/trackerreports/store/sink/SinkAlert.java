package org.trackerreports.store.sink;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.trackerreports.store.place.Transition;

/**
 * A transition that a sink was told, or is told later.
 *
 * @param revision the one that it was told, or is to be told
 * @param place where it stood in the feed
 * @param toldAt empty while it is held back
 */
public record SinkAlert(
        UUID transition,
        int revision,
        long trackerId,
        long placeId,
        Transition.Direction direction,
        String place,
        Optional<Instant> toldAt) {

    public SinkAlert {
        Objects.requireNonNull(transition, "transition");
        Objects.requireNonNull(direction, "direction");
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(toldAt, "toldAt");
    }

    /** Whether the last thing that was said is that it did not happen. */
    public boolean isWithdrawn() {
        return revision % 2 == 0;
    }
}

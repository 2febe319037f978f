package org.trackerreports.tools.movement;

import java.time.Instant;
import java.util.Optional;
import org.trackerreports.movement.Stay;

/**
 * A stay of a tracker, and where it was.
 *
 * @param place the name of the place that it was inside of
 * @param nearestCity of its position
 */
public record TrackerStay(Stay stay, Optional<String> place, Optional<String> nearestCity) {

    public Instant from() {
        return stay.from();
    }

    public Instant to() {
        return stay.to();
    }

    public double latitude() {
        return stay.position().latitude();
    }

    public double longitude() {
        return stay.position().longitude();
    }

    /** Whether a part of it is assumed: a long silence, after which the tracker was at the same spot. */
    public boolean isAssumed() {
        return !stay.assumed().isEmpty();
    }
}

package org.trackerreports.movement;

import java.util.Objects;

/**
 * A transition that was found before.
 *
 * @param transition as it was found
 * @param withdrawn whether it was withdrawn since
 */
public record StoredTransition(Transition transition, boolean withdrawn) {

    public StoredTransition {
        Objects.requireNonNull(transition, "transition");
    }
}

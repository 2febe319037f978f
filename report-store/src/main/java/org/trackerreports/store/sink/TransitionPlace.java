package org.trackerreports.store.sink;

import java.util.Objects;

/**
 * What a transition is today.
 *
 * @param revision the newest one
 * @param placeName the name of the place
 * @param alert whether anybody is told of transitions at this place
 */
public record TransitionPlace(int revision, String placeName, boolean alert) {

    public TransitionPlace {
        Objects.requireNonNull(placeName, "placeName");
    }
}

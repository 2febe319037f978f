package org.trackerreports.store.place;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/**
 * A place to be stored.
 *
 * @param labels the trackers that it is for: those that have all of these; empty for all trackers
 * @param confirm how many reports in a row have to say the same before a transition, at least 1
 * @param dwell how much time has to be between the first and the last of them
 * @param maxLag a transition that is noticed later than this after it happened is no news
 * @param alert whether anybody is told of transitions
 */
public record NewPlace(
        String name,
        Area area,
        Map<String, String> labels,
        int confirm,
        Duration dwell,
        Duration maxLag,
        boolean alert) {

    public NewPlace {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(area, "area");
        labels = Map.copyOf(labels);
        Objects.requireNonNull(dwell, "dwell");
        Objects.requireNonNull(maxLag, "maxLag");
    }

    /** Whether the place is for a tracker with these labels. */
    public boolean isFor(Map<String, String> trackerLabels) {
        return trackerLabels.entrySet().containsAll(labels.entrySet());
    }
}

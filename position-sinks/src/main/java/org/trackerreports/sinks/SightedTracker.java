package org.trackerreports.sinks;

import java.util.Map;
import java.util.Objects;

/**
 * The tracker that an event is about.
 *
 * @param id stays the same when the tracker is renamed
 * @param name for people
 * @param labels names and values that its owner gave it
 */
public record SightedTracker(long id, String name, Map<String, String> labels) {

    public SightedTracker {
        Objects.requireNonNull(name, "name");
        labels = Map.copyOf(labels);
    }
}

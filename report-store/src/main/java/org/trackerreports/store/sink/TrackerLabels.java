package org.trackerreports.store.sink;

import java.util.Map;
import java.util.Objects;

/** The name and labels of a tracker, without its keys. */
public record TrackerLabels(long id, String name, Map<String, String> labels) {

    public TrackerLabels {
        Objects.requireNonNull(name, "name");
        labels = Map.copyOf(labels);
    }
}

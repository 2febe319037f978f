package org.trackerreports.store.view;

import java.util.Map;
import java.util.Objects;

/**
 * Some trackers.
 *
 * @param labels those that have all of these; empty for all
 * @param text those with this in their name or their labels, whatever the case of its letters; empty for all
 */
public record TrackerSelection(Map<String, String> labels, String text) {

    public TrackerSelection {
        labels = Map.copyOf(labels);
        Objects.requireNonNull(text, "text");
    }

    /** The trackers that have all of these labels. */
    public static TrackerSelection of(Map<String, String> labels) {
        return new TrackerSelection(labels, "");
    }

    /** Whether all trackers are selected. */
    public boolean isAll() {
        return labels.isEmpty() && text.isEmpty();
    }
}

package org.trackerreports.findmy.fetch;

import java.util.List;
import org.trackerreports.findmy.key.KeyGroup;

/**
 * Keys of one target that belong into one request together.
 *
 * @param <T> what the keys are asked for, such as a tracker
 * @param target whose keys they are
 * @param groups the keys, each group for one entry of the request; empty if there are none to ask for
 */
public record PlannedKeys<T>(T target, List<KeyGroup> groups) {

    public PlannedKeys {
        groups = List.copyOf(groups);
    }

    /** How many ids they put into a request. */
    int ids() {
        return groups.stream().mapToInt(KeyGroup::size).sum();
    }
}

package org.trackerreports.findmy.key;

import java.util.List;

/**
 * Keys of one tracker for one entry of a request.
 *
 * @param primary static keys, or primary keys of an accessory, newest first
 * @param secondary secondary keys of an accessory, newest first; empty for static keys
 */
public record KeyGroup(List<PrivateTrackerKey> primary, List<PrivateTrackerKey> secondary) {

    public KeyGroup {
        primary = List.copyOf(primary);
        secondary = List.copyOf(secondary);
    }

    /** The number of ids that the group adds to a request. */
    public int size() {
        return primary.size() + secondary.size();
    }
}

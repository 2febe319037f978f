package org.trackerreports.simulator.world;

import java.util.List;

/** A schedule whose keys are all known. */
abstract sealed class ListedKeys implements KeySchedule permits CyclingKeys, WindowedKeys {

    private final List<byte[]> keys;

    /**
     * Takes the keys.
     *
     * @param keys copies that nobody else changes
     */
    ListedKeys(List<byte[]> keys) {
        this.keys = keys;
    }

    @Override
    public final int size() {
        return keys.size();
    }

    @Override
    public final byte[] key(int index) {
        return keys.get(index).clone();
    }
}

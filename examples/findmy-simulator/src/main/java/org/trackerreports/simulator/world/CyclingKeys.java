package org.trackerreports.simulator.world;

import java.time.Duration;
import java.util.List;

/** A list of keys, each on the air for one period, over and over. */
final class CyclingKeys implements KeySchedule {
    private final List<byte[]> keys;
    private final long periodSeconds;

    CyclingKeys(List<byte[]> keys, Duration period) {
        if (keys.isEmpty() || period.toSeconds() < 1) {
            throw new IllegalArgumentException("A list of keys needs at least one key and a period of at least 1 s.");
        }
        this.keys = keys.stream().map(AdvertisedKeys::copyOf).toList();
        periodSeconds = period.toSeconds();
    }

    @Override
    public int size() {
        return keys.size();
    }

    @Override
    public byte[] key(int index) {
        return keys.get(index).clone();
    }

    @Override
    public int indexAt(long epochSecond) {
        return (int) Math.floorMod(Math.floorDiv(epochSecond, periodSeconds), (long) keys.size());
    }
}

package org.trackerreports.simulator.world;

import java.time.Duration;
import java.util.List;

/** A list of keys, each on the air for one period, over and over. */
final class CyclingKeys extends ListedKeys {
    private final long periodSeconds;

    CyclingKeys(List<byte[]> keys, Duration period) {
        super(keys.stream().map(AdvertisedKeys::copyOf).toList());
        if (keys.isEmpty() || period.toSeconds() < 1) {
            throw new IllegalArgumentException("A list of keys needs at least one key and a period of at least 1 s.");
        }
        periodSeconds = period.toSeconds();
    }

    @Override
    public int indexAt(long epochSecond) {
        return (int) Math.floorMod(Math.floorDiv(epochSecond, periodSeconds), (long) size());
    }
}

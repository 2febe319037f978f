package org.trackerreports.simulator.world;

/** A single key that never changes. A separate class, because most tags are of this kind and there may be a million of them. */
final class FixedKey implements KeySchedule {
    private final byte[] key;

    FixedKey(byte[] key) {
        this.key = AdvertisedKeys.copyOf(key);
    }

    @Override
    public int size() {
        return 1;
    }

    @Override
    public byte[] key(int index) {
        return key.clone();
    }

    @Override
    public int indexAt(long epochSecond) {
        return 0;
    }
}

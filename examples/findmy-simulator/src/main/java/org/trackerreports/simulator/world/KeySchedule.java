package org.trackerreports.simulator.world;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Which advertised key a tag broadcasts when. Keys are public: the 28-byte X coordinate, big-endian. The simulator never
 * sees a private key. Immutable and safe for use by many threads.
 */
public sealed interface KeySchedule permits FixedKey, ListedKeys {
    /** A tag with one key for ever. */
    static KeySchedule fixed(byte[] advertisedKey) {
        return new FixedKey(advertisedKey);
    }

    /**
     * A tag that goes through a list of keys over and over, each for the given time, counted from 1970.
     *
     * @param advertisedKeys at least one
     * @param period at least one second
     */
    static KeySchedule cycling(List<byte[]> advertisedKeys, Duration period) {
        return new CyclingKeys(advertisedKeys, period);
    }

    /**
     * A tag whose keys are given for stretches of time, as for a rolling accessory whose keys were made elsewhere. Outside
     * of all windows the tag is silent.
     *
     * @param windows in the order of time, not overlapping
     */
    static KeySchedule windows(List<KeyWindow> windows) {
        return new WindowedKeys(windows);
    }

    /** Number of keys, each with an index from zero. */
    int size();

    /** The advertised key of an index (28 bytes). */
    byte[] key(int index);

    /** Index of the key that is on the air, or −1 when the tag is silent. */
    int indexAt(long epochSecond);

    /** First second at which the key of this index can be on the air; without a limit unless a schedule sets one. */
    default long firstSecond(int index) {
        return Long.MIN_VALUE;
    }

    /** First second at which the key of this index can no longer be on the air; without a limit unless a schedule sets one. */
    default long endSecond(int index) {
        return Long.MAX_VALUE;
    }

    /**
     * One stretch of time with one key.
     *
     * @param from first moment, whole seconds
     * @param until first moment after it
     * @param advertisedKey 28 bytes
     */
    record KeyWindow(Instant from, Instant until, byte[] advertisedKey) {
        /** Checks order and length. */
        public KeyWindow {
            if (!from.isBefore(until)) {
                throw new IllegalArgumentException("A key window must end after its beginning " + from + ".");
            }
            advertisedKey = AdvertisedKeys.copyOf(advertisedKey);
        }

        @Override
        public byte[] advertisedKey() {
            return advertisedKey.clone();
        }

        @Override
        public String toString() {
            return "KeyWindow[" + from + " to " + until + "]";
        }
    }
}

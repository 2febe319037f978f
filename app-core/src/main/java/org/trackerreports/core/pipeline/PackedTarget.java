package org.trackerreports.core.pipeline;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.trackerreports.findmy.key.AdvertisementKey;
import org.trackerreports.findmy.key.PrivateTrackerKey;
import org.trackerreports.findmy.key.StaticKeys;

/** A tracker with static keys in one array: how many keys, the scalar and the advertisement key of each, the name. */
final class PackedTarget {

    private static final int BYTES_OF_A_KEY = PrivateTrackerKey.BYTES + AdvertisementKey.BYTES;

    private PackedTarget() {}

    /** How long the array of a tracker is. */
    static int size(String name, StaticKeys keys) {
        return Integer.BYTES + keys.keys().size() * BYTES_OF_A_KEY + name.getBytes(StandardCharsets.UTF_8).length;
    }

    static byte[] pack(String name, StaticKeys keys) {
        ByteBuffer packed =
                ByteBuffer.allocate(size(name, keys)).putInt(keys.keys().size());
        for (PrivateTrackerKey key : keys.keys()) {
            packed.put(key.secretBytes()).put(key.advertisementKey().bytes());
        }
        return packed.put(name.getBytes(StandardCharsets.UTF_8)).array();
    }

    /** The tracker again, after no request that found nothing. */
    static FetchTarget unpack(long trackerId, byte[] packed) {
        ByteBuffer left = ByteBuffer.wrap(packed);
        int count = left.getInt();
        List<PrivateTrackerKey> keys = new ArrayList<>(count);
        for (int at = 0; at < count; at++) {
            byte[] scalar = bytes(left, PrivateTrackerKey.BYTES);
            keys.add(PrivateTrackerKey.ofPair(scalar, AdvertisementKey.of(bytes(left, AdvertisementKey.BYTES))));
        }
        String name = new String(bytes(left, left.remaining()), StandardCharsets.UTF_8);
        return new FetchTarget(trackerId, name, new StaticKeys(keys), 0);
    }

    private static byte[] bytes(ByteBuffer from, int count) {
        byte[] bytes = new byte[count];
        from.get(bytes);
        return bytes;
    }
}

package org.trackerreports.core.keyfile;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.core.Sha256;
import org.trackerreports.core.failure.Failures;
import org.trackerreports.core.pipeline.TrackerKeyMaterial;
import org.trackerreports.findmy.key.Accessory;
import org.trackerreports.findmy.key.TrackerKeys;
import org.trackerreports.store.tracker.Tracker;
import org.trackerreports.store.tracker.Trackers;

/**
 * The stored accessories by their secrets. Version 0.1.0 stored accessories without any of their keys, so the store alone cannot know
 * them again. Holds no secrets. Used by one thread.
 */
final class StoredAccessories {

    private static final Logger LOG = LoggerFactory.getLogger(StoredAccessories.class);

    private final Map<ByteBuffer, Long> ids = new HashMap<>();

    private StoredAccessories() {}

    static StoredAccessories of(Trackers trackers) {
        StoredAccessories stored = new StoredAccessories();
        trackers.forEachOfKind(TrackerKeyMaterial.ACCESSORY, stored::add);
        return stored;
    }

    private void add(Tracker tracker) {
        try {
            TrackerKeys keys = TrackerKeyMaterial.fromStore(tracker);
            if (keys instanceof Accessory accessory) {
                ids.putIfAbsent(digest(accessory), tracker.id());
            }
            keys.wipe();
        } catch (IllegalArgumentException e) {
            LOG.debug("Tracker {} is not compared: {}", tracker.id(), Failures.message(e));
        }
        tracker.keyMaterial().wipe();
    }

    /** The id of the stored tracker that has the same secrets. */
    Optional<Long> idOf(Accessory accessory) {
        return Optional.ofNullable(ids.get(digest(accessory)));
    }

    private static ByteBuffer digest(Accessory accessory) {
        byte[][] secrets = {accessory.master().secretBytes(), accessory.primarySecret()};
        ByteBuffer digest = ByteBuffer.wrap(Sha256.of(secrets));
        for (byte[] secret : secrets) {
            Arrays.fill(secret, (byte) 0);
        }
        return digest;
    }
}

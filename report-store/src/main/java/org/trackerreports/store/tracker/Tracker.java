package org.trackerreports.store.tracker;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.trackerreports.store.secret.Secret;

/**
 * A stored tracker. The store does not interpret kind and key material.
 *
 * @param name unique
 * @param kind tells the caller how to read the key material
 * @param keyMaterial stored encrypted
 * @param labels names and values, for example client, colour or production run
 * @param enabled whether reports are to be fetched
 * @param alignment for rolling keys, after a reliable report
 * @param created when it was added
 * @param changed when its name, labels, keys or {@code enabled} last changed; an alignment does not count
 */
public record Tracker(
        long id,
        String name,
        String kind,
        Secret keyMaterial,
        Map<String, String> labels,
        boolean enabled,
        Optional<Alignment> alignment,
        Instant created,
        Instant changed) {

    public Tracker {
        labels = Map.copyOf(labels);
    }
}

package org.trackerreports.store.tracker;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.trackerreports.store.secret.Secret;

/**
 * A tracker to be added.
 *
 * @param name unique; 1 to 200 characters
 * @param kind tells the caller how to read the key material; the store does not interpret it
 * @param keyMaterial opaque to the store, stored encrypted
 * @param labels names and values, for example client, colour or production run
 * @param hashedKeys base64 of SHA-256 of every advertisement key that is known now: all static keys and keys of key lists, and those
 *     rolling keys that are already known
 * @param alignment for rolling keys, after a reliable report
 */
public record NewTracker(
        String name,
        String kind,
        Secret keyMaterial,
        Map<String, String> labels,
        List<String> hashedKeys,
        Optional<Alignment> alignment) {

    public NewTracker {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(keyMaterial, "keyMaterial");
        Objects.requireNonNull(alignment, "alignment");
        labels = Map.copyOf(labels);
        hashedKeys = List.copyOf(hashedKeys);
    }
}

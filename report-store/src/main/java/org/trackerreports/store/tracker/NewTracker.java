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
 * @param kind the caller's word for how the key material is to be read
 * @param keyMaterial opaque to the store
 * @param hashedKeys base64 of SHA-256 of every advertisement key that is known now: all of static keys and key lists, none or
 *     some of rolling keys
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

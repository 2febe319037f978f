package org.trackerreports.store.tracker;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.trackerreports.store.secret.Secret;

/**
 * The keys of a tracker and everything that depends on them, so that they are only replaced together.
 *
 * @param kind tells the caller how to read the key material; the store does not interpret it
 * @param keyMaterial opaque to the store, stored encrypted
 * @param hashedKeys base64 of SHA-256 of every advertisement key that is known now: all static keys and keys of key lists, and those
 *     rolling keys that are already known
 * @param alignment for rolling keys, after a reliable report
 */
public record TrackerKeys(String kind, Secret keyMaterial, List<String> hashedKeys, Optional<Alignment> alignment) {

    public TrackerKeys {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(keyMaterial, "keyMaterial");
        Objects.requireNonNull(alignment, "alignment");
        hashedKeys = List.copyOf(hashedKeys);
    }
}

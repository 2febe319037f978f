package org.trackerreports.store.tracker;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.trackerreports.store.secret.Secret;

/**
 * What a tracker is recognised by, as one piece, because none of it is worth anything with the rest of another.
 *
 * @param kind the caller's word for how the key material is to be read
 * @param keyMaterial opaque to the store
 * @param hashedKeys base64 of SHA-256 of every advertisement key that is known now: all of static keys and key lists, none or
 *     some of rolling keys
 * @param alignment for rolling keys, when there was a sure sighting
 */
public record TrackerKeys(String kind, Secret keyMaterial, List<String> hashedKeys, Optional<Alignment> alignment) {

    public TrackerKeys {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(keyMaterial, "keyMaterial");
        Objects.requireNonNull(alignment, "alignment");
        hashedKeys = List.copyOf(hashedKeys);
    }
}

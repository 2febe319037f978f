package org.trackerreports.store.tracker;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.trackerreports.store.secret.Secret;

/**
 * A tracker as it is stored. Kind and key material are the caller's own; the store only keeps them, the material encrypted.
 *
 * @param labels sorted by the caller's taste: client, colour, production run …
 * @param enabled whether reports shall be fetched
 * @param alignment for rolling keys, once there was a sure sighting
 * @param changed last change of name, labels or enabled; an alignment does not count
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

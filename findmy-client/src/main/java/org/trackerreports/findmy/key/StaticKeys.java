package org.trackerreports.findmy.key;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A tracker that broadcasts one fixed key, or cycles through a fixed list of keys. Any of them may have been seen at any time, so all
 * of them are requested, each in its own entry.
 *
 * @param keys the keys, at least one, without duplicates
 */
public record StaticKeys(List<PrivateTrackerKey> keys) implements TrackerKeys {

    /**
     * Checks the list.
     *
     * @throws IllegalArgumentException if it is empty or contains a key twice
     */
    public StaticKeys {
        keys = List.copyOf(keys);
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("a tracker has at least one key");
        }
        if (keys.stream().distinct().count() < keys.size()) {
            throw new IllegalArgumentException("the list of keys contains a key twice");
        }
    }

    @Override
    public KeyWindow keysBetween(Instant from, Instant to, int maxIds) {
        return new KeyWindow(keys.size(), number -> new KeyGroup(List.of(keys.get(number)), List.of()));
    }

    @Override
    public Optional<Alignment> alignmentAfter(HashedAdvertisementKey key, Instant time) {
        return Optional.empty();
    }

    @Override
    public void wipe() {
        keys.forEach(PrivateTrackerKey::wipe);
    }
}

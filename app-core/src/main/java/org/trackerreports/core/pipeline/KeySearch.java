package org.trackerreports.core.pipeline;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.trackerreports.findmy.key.HashedAdvertisementKey;
import org.trackerreports.findmy.key.KeyGroup;
import org.trackerreports.findmy.key.KeyWindow;
import org.trackerreports.findmy.key.PrivateTrackerKey;
import org.trackerreports.findmy.key.TrackerKeys;

/** Finds the private keys of reports whose request is no longer known. Stateless and thread-safe. */
public final class KeySearch {

    /** How many keys are derived before it is looked whether all are found. */
    private static final int STEP = 256;

    private KeySearch() {}

    /**
     * Searches a tracker's keys, the newest first.
     *
     * @param from from when on the tracker was asked for
     * @param to until when
     * @return those that were found; an accessory whose alignment is another one now may have others
     */
    public static Map<HashedAdvertisementKey, PrivateTrackerKey> find(
            TrackerKeys keys, Set<HashedAdvertisementKey> wanted, Instant from, Instant to) {
        Map<HashedAdvertisementKey, PrivateTrackerKey> found = new HashMap<>();
        Set<HashedAdvertisementKey> missing = new HashSet<>(wanted);
        KeyWindow window = keys.keysBetween(from, to, STEP);
        for (int number = 0; number < window.groups() && !missing.isEmpty(); number++) {
            KeyGroup group = window.group(number);
            Stream.of(group.primary(), group.secondary())
                    .flatMap(List::stream)
                    .filter(key -> missing.remove(key.hashed()))
                    .forEach(key -> found.put(key.hashed(), key));
        }
        return found;
    }
}

package org.trackerreports.findmy.fetch;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.trackerreports.findmy.key.HashedAdvertisementKey;
import org.trackerreports.findmy.key.KeyGroup;
import org.trackerreports.findmy.key.PrivateTrackerKey;

/**
 * What one request asks for.
 *
 * @param entries one for each device: the service answers with about one report for each
 * @param from start of the time range; the service is known to ignore it
 * @param to end of the time range
 */
public record FetchQuery(List<Entry> entries, Instant from, Instant to) {

    /**
     * The ids of one device.
     *
     * @param primaryIds static keys or primary rolling keys
     * @param secondaryIds secondary rolling keys
     */
    public record Entry(List<HashedAdvertisementKey> primaryIds, List<HashedAdvertisementKey> secondaryIds) {

        public Entry {
            primaryIds = List.copyOf(primaryIds);
            secondaryIds = List.copyOf(secondaryIds);
            if (primaryIds.isEmpty() && secondaryIds.isEmpty()) {
                throw new IllegalArgumentException("an entry asks for at least one key");
            }
        }

        /** The entry that asks for a group of keys. */
        public static Entry of(KeyGroup group) {
            return new Entry(hashed(group.primary()), hashed(group.secondary()));
        }

        private static List<HashedAdvertisementKey> hashed(List<PrivateTrackerKey> keys) {
            return keys.stream().map(PrivateTrackerKey::hashed).toList();
        }

        /** How many ids the entry contains. */
        public int ids() {
            return primaryIds.size() + secondaryIds.size();
        }
    }

    public FetchQuery {
        entries = List.copyOf(entries);
        if (entries.isEmpty()) {
            throw new IllegalArgumentException("a request has at least one entry");
        }
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        if (from.isAfter(to)) {
            throw new IllegalArgumentException("the range ends before it begins: " + from + " … " + to);
        }
    }

    /** The keys that the request asks for, each once. */
    public Set<HashedAdvertisementKey> keys() {
        Set<HashedAdvertisementKey> keys = new LinkedHashSet<>();
        entries.forEach(entry -> {
            keys.addAll(entry.primaryIds());
            keys.addAll(entry.secondaryIds());
        });
        return keys;
    }

    /** How many ids the request contains. */
    public int ids() {
        return entries.stream().mapToInt(Entry::ids).sum();
    }
}

package org.trackerreports.findmy.fetch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.trackerreports.findmy.fetch.FetchPlan.PlannedKey;
import org.trackerreports.findmy.key.HashedAdvertisementKey;
import org.trackerreports.findmy.key.KeyGroup;
import org.trackerreports.findmy.key.KeyWindow;
import org.trackerreports.findmy.key.TrackerKeys;

/**
 * Puts the keys of several trackers into one request: each static key an entry of its own, a part of an accessory's keys one entry.
 * Stateless and thread-safe.
 *
 * @param maxIds the most ids in a request, {@link KeyWindow#MIN_GROUP_SIZE} or more
 * @param history how far back keys are asked for, zero or more
 */
public record RequestPlanner(int maxIds, Duration history) {

    /** The newest part of the keys that a tracker can have been on up to now. */
    public KeyCursor cursor(TrackerKeys keys, Instant now) {
        return KeyCursor.newest(keys, now.minus(history), now, maxIds);
    }

    /**
     * Plans one request. What does not fit is left over, but smaller ones behind it may still fit. The first always fits, so nothing is
     * left over forever.
     *
     * @param <T> what the keys are asked for, such as a tracker
     * @param wanted what to ask for, the most urgent first; each fits into a request alone
     * @param now the end of the time range
     * @return empty if there is no key to ask for
     */
    public <T> Optional<FetchPlan<T>> plan(List<PlannedKeys<T>> wanted, Instant now) {
        List<FetchQuery.Entry> entries = new ArrayList<>();
        Map<HashedAdvertisementKey, PlannedKey<T>> keys = new HashMap<>();
        Set<T> included = new LinkedHashSet<>();
        List<PlannedKeys<T>> leftOver = new ArrayList<>();
        int ids = 0;
        for (PlannedKeys<T> each : wanted) {
            if (ids + each.ids() > maxIds) {
                leftOver.add(each);
                continue;
            }
            ids += each.ids();
            included.add(each.target());
            for (KeyGroup group : each.groups()) {
                entries.add(FetchQuery.Entry.of(group));
                Stream.of(group.primary(), group.secondary())
                        .flatMap(List::stream)
                        .forEach(key -> keys.put(key.hashed(), new PlannedKey<>(each.target(), key)));
            }
        }
        return entries.isEmpty()
                ? Optional.empty()
                : Optional.of(new FetchPlan<>(
                        new FetchQuery(entries, now.minus(history), now), keys, List.copyOf(included), leftOver));
    }
}

package org.trackerreports.core.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trackerreports.core.pipeline.FetchPlan.PlannedKey;
import org.trackerreports.findmy.fetch.FetchQuery;
import org.trackerreports.findmy.key.Accessory;
import org.trackerreports.findmy.key.HashedAdvertisementKey;
import org.trackerreports.findmy.key.KeyGroup;
import org.trackerreports.findmy.key.KeyWindow;
import org.trackerreports.findmy.key.PrivateTrackerKey;

/**
 * Puts trackers into one request: each static key an entry of its own, an accessory's key window one entry.
 *
 * <p>The first tracker always fits, so that nothing waits for ever: a key list longer than the limit is asked for in parts, one part a
 * turn. An accessory that was silent for long has more candidate keys than fit, too; then every second turn asks for the newest part
 * and the turns between walk backwards through the rest. Stateless and thread-safe.
 *
 * @param mostIds the most ids in a request
 * @param history how far back keys are asked for
 */
public record FetchPlanner(int mostIds, Duration history) {

    /**
     * Plans one request.
     *
     * @param targets at least one, the most urgent first
     * @return empty if no target has any key at this time
     */
    public Optional<FetchPlan> plan(List<FetchTarget> targets, Instant now) {
        Instant from = now.minus(history);
        List<FetchQuery.Entry> entries = new ArrayList<>();
        Map<HashedAdvertisementKey, PlannedKey> keys = new HashMap<>();
        List<FetchTarget> included = new ArrayList<>();
        List<FetchTarget> leftOver = new ArrayList<>();
        int ids = 0;
        for (FetchTarget target : targets) {
            List<KeyGroup> groups = groups(target, from, now, mostIds);
            int size = groups.stream().mapToInt(KeyGroup::size).sum();
            if (ids + size > mostIds) {
                leftOver.add(target);
                continue;
            }
            ids += size;
            included.add(target);
            for (KeyGroup group : groups) {
                entries.add(FetchQuery.Entry.of(group));
                remember(keys, target, group.primary());
                remember(keys, target, group.secondary());
            }
        }
        return entries.isEmpty()
                ? Optional.empty()
                : Optional.of(new FetchPlan(new FetchQuery(entries, from, now), keys, included, leftOver));
    }

    private static void remember(
            Map<HashedAdvertisementKey, PlannedKey> keys, FetchTarget target, List<PrivateTrackerKey> group) {
        group.forEach(key -> keys.put(key.hashed(), new PlannedKey(target, key)));
    }

    /** The groups of one tracker that this turn asks for; together no more than the limit. */
    private static List<KeyGroup> groups(FetchTarget target, Instant from, Instant now, int mostIds) {
        KeyWindow window = target.keys().keysBetween(from, now, mostIds);
        List<KeyGroup> groups = new ArrayList<>();
        if (target.keys() instanceof Accessory) {
            if (window.groups() > 0) {
                groups.add(window.group(part(target.emptyTurns(), window.groups())));
            }
            return groups;
        }
        int parts = (window.groups() + mostIds - 1) / mostIds;
        int first = target.emptyTurns() % parts * mostIds;
        for (int number = first; number < Math.min(window.groups(), first + mostIds); number++) {
            groups.add(window.group(number));
        }
        return groups;
    }

    /** 0 on every even turn; 1, 2, … on the odd ones, round and round. */
    static int part(int emptyTurns, int parts) {
        return parts == 1 || emptyTurns % 2 == 0 ? 0 : 1 + emptyTurns / 2 % (parts - 1);
    }
}

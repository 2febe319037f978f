package org.trackerreports.core.pipeline;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.trackerreports.findmy.key.StaticKeys;

/**
 * Targets that were loaded before, so that the next turn of their trackers need not read and unseal the keys again. Only those with static
 * keys: the alignment of an accessory moves with each report, at any instance.
 *
 * <p>Bounded by a number of keys. When that is reached, nothing is added until something is forgotten: trackers take turns, so whatever was
 * dropped for a new one would be needed first. Thread-safe.
 */
final class KnownTargets {

    /** What a key takes in memory with everything around it, in bytes, about. */
    private static final int BYTES_OF_A_KEY = 512;

    private static final int MOST_KEYS = 100_000;

    private final long maxKeys;
    private final Map<Long, FetchTarget> targets = new HashMap<>();
    private long keys;
    private long changes;

    KnownTargets(long maxKeys) {
        this.maxKeys = maxKeys;
    }

    /** With as many keys as fit into an eighth of the memory. */
    static KnownTargets forThisMachine() {
        return new KnownTargets(Math.min(MOST_KEYS, Runtime.getRuntime().maxMemory() / 8 / BYTES_OF_A_KEY));
    }

    /** Grows whenever something is forgotten. To be read before what is given to {@link #add} is loaded. */
    synchronized long changes() {
        return changes;
    }

    /** Those of some trackers that are known, by the trackers' ids. */
    synchronized Map<Long, FetchTarget> find(Collection<Long> trackerIds) {
        Map<Long, FetchTarget> found = new HashMap<>();
        for (Long id : trackerIds) {
            FetchTarget target = targets.get(id);
            if (target != null) {
                found.put(id, target);
            }
        }
        return found;
    }

    /** Adds targets, unless something was forgotten since: then they may be what should be forgotten. */
    synchronized void add(Collection<FetchTarget> loaded, long changesBefore) {
        if (changes != changesBefore) {
            return;
        }
        for (FetchTarget target : loaded) {
            if (target.keys() instanceof StaticKeys own
                    && keys + own.keys().size() <= maxKeys
                    && targets.putIfAbsent(target.trackerId(), target) == null) {
                keys += own.keys().size();
            }
        }
    }

    synchronized void forget(Collection<Long> trackerIds) {
        changes++;
        for (Long id : trackerIds) {
            FetchTarget target = targets.remove(id);
            if (target != null) {
                keys -= ((StaticKeys) target.keys()).keys().size();
            }
        }
    }

    synchronized void forgetAll() {
        changes++;
        targets.clear();
        keys = 0;
    }
}

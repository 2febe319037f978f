package org.trackerreports.core.pipeline;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.trackerreports.findmy.key.StaticKeys;

/**
 * Targets that were loaded before, so that the next turn of their trackers need not read and unseal the keys again. Only those with static
 * keys: the alignment of an accessory moves with each report, at any instance.
 *
 * <p>They are kept packed, which takes a third of the memory. Bounded by that memory. When it is used up, nothing is added until something is
 * forgotten: trackers take turns, so whatever was dropped for a new one would be needed first. Thread-safe.
 */
final class KnownTargets {

    /** What an entry takes in memory besides what is packed, in bytes, about. */
    private static final int BYTES_OF_AN_ENTRY = 80;

    private static final long MOST_BYTES = 64 << 20;

    private final long maxBytes;
    private final Map<Long, byte[]> targets = new HashMap<>();
    private long bytes;
    private long changes;

    KnownTargets(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** With an eighth of the memory. */
    static KnownTargets forThisMachine() {
        return new KnownTargets(Math.min(MOST_BYTES, Runtime.getRuntime().maxMemory() / 8));
    }

    /** Grows whenever something is forgotten. To be read before what is given to {@link #add} is loaded. */
    synchronized long changes() {
        return changes;
    }

    /** Those of some trackers that are known, by the trackers' ids. */
    Map<Long, FetchTarget> find(Collection<Long> trackerIds) {
        Map<Long, FetchTarget> found = new HashMap<>();
        packed(trackerIds).forEach((id, packed) -> found.put(id, PackedTarget.unpack(id, packed)));
        return found;
    }

    private synchronized Map<Long, byte[]> packed(Collection<Long> trackerIds) {
        Map<Long, byte[]> found = new HashMap<>();
        for (Long id : trackerIds) {
            byte[] packed = targets.get(id);
            if (packed != null) {
                found.put(id, packed);
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
            if (target.keys() instanceof StaticKeys keys && !targets.containsKey(target.trackerId())) {
                int size = BYTES_OF_AN_ENTRY + PackedTarget.size(target.name(), keys);
                if (bytes + size <= maxBytes) {
                    targets.put(target.trackerId(), PackedTarget.pack(target.name(), keys));
                    bytes += size;
                }
            }
        }
    }

    synchronized void forget(Collection<Long> trackerIds) {
        changes++;
        for (Long id : trackerIds) {
            byte[] packed = targets.remove(id);
            if (packed != null) {
                bytes -= BYTES_OF_AN_ENTRY + packed.length;
            }
        }
    }

    synchronized void forgetAll() {
        changes++;
        targets.clear();
        bytes = 0;
    }
}

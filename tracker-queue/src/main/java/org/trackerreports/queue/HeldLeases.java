package org.trackerreports.queue;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The leases that workers of this instance hold, so that they can be reported when Redis lost its data. Thread-safe. */
final class HeldLeases {

    private final ConcurrentMap<String, Lease> byId = new ConcurrentHashMap<>();

    void add(List<Lease> leases) {
        for (Lease lease : leases) {
            byId.merge(lease.id(), lease, (old, fresh) -> fresh.token() >= old.token() ? fresh : old);
        }
    }

    /** The same lease with its latest end, if it was extended since. */
    Lease current(Lease lease) {
        Lease known = byId.get(lease.id());
        return known != null && isSame(known, lease) ? known : lease;
    }

    void remove(Lease lease) {
        byId.computeIfPresent(lease.id(), (id, known) -> isSame(known, lease) ? null : known);
    }

    void removeAllOf(WorkerId worker) {
        byId.values().removeIf(lease -> lease.worker().equals(worker));
    }

    void removeEndedBefore(Instant instant) {
        byId.values().removeIf(lease -> lease.until().isBefore(instant));
    }

    /** A worker's leases from other epochs than this one. */
    List<Lease> fromOtherEpochs(WorkerId worker, long epoch) {
        return byId.values().stream()
                .filter(lease -> lease.worker().equals(worker) && lease.epoch() != epoch)
                .toList();
    }

    boolean knows(Lease lease) {
        Lease known = byId.get(lease.id());
        return known != null && isSame(known, lease);
    }

    private static boolean isSame(Lease one, Lease other) {
        return one.token() == other.token() && one.worker().equals(other.worker());
    }
}

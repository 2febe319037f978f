package org.trackerreports.core.pipeline;

import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.trackerreports.queue.Lease;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.tracker.Tracker;

/**
 * Leases become targets: reads the trackers and their keys from the store, and remembers static keys. Whoever follows the changes of
 * trackers says which to {@link #forget}. Thread-safe.
 */
public final class TrackerLoader {

    /**
     * What became of the leases.
     *
     * @param targets trackers to work on, by their lease, the longest overdue first
     * @param gone leases of trackers that were removed or disabled meanwhile
     * @param unreadable leases of trackers whose keys cannot be read, with the reason
     */
    public record Loaded(Map<Lease, FetchTarget> targets, List<Lease> gone, Map<Lease, String> unreadable) {}

    private final ReportStore store;
    private final KnownTargets known;

    @Inject
    TrackerLoader(ReportStore store) {
        this(store, KnownTargets.forThisMachine());
    }

    TrackerLoader(ReportStore store, KnownTargets known) {
        this.store = store;
        this.known = known;
    }

    /** The trackers of leases. */
    public Loaded load(List<Lease> leases) {
        List<Long> ids =
                leases.stream().flatMap(lease -> trackerId(lease.id()).stream()).toList();
        long changesBefore = known.changes();
        Map<Long, FetchTarget> remembered = known.find(ids);
        Map<Long, Tracker> trackers =
                find(ids.stream().filter(id -> !remembered.containsKey(id)).toList());
        Map<Lease, FetchTarget> targets = new LinkedHashMap<>();
        List<Lease> gone = new ArrayList<>();
        Map<Lease, String> unreadable = new LinkedHashMap<>();
        for (Lease lease : leases) {
            Optional<FetchTarget> target = trackerId(lease.id()).map(remembered::get);
            Optional<Tracker> tracker = trackerId(lease.id()).map(trackers::get).filter(Tracker::enabled);
            if (target.isPresent()) {
                targets.put(lease, target.get().withConsecutiveEmpty(lease.consecutiveEmpty()));
            } else if (tracker.isEmpty()) {
                gone.add(lease);
            } else {
                try {
                    targets.put(lease, target(tracker.get(), lease.consecutiveEmpty()));
                } catch (IllegalArgumentException e) {
                    unreadable.put(lease, e.getMessage());
                }
            }
        }
        known.add(targets.values(), changesBefore);
        return new Loaded(targets, gone, unreadable);
    }

    /** Trackers that were changed, disabled or removed are read again when they are loaded the next time. */
    public void forget(Collection<Long> trackerIds) {
        known.forget(trackerIds);
    }

    /** All trackers are read again. */
    public void forgetAll() {
        known.forgetAll();
    }

    /** The tracker that an id in the queue stands for; empty if something else wrote it there. */
    public static Optional<Long> trackerId(String queued) {
        try {
            return Optional.of(Long.parseLong(queued));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Trackers by their ids, enabled or not; those that were removed are missing. */
    public Map<Long, Tracker> find(Collection<Long> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        return store.trackers().findAll(ids).stream().collect(Collectors.toMap(Tracker::id, Function.identity()));
    }

    /**
     * A target for a request by hand.
     *
     * @throws IllegalArgumentException if the tracker's keys cannot be read
     */
    public static FetchTarget target(Tracker tracker, int consecutiveEmpty) {
        return new FetchTarget(tracker.id(), tracker.name(), TrackerKeyMaterial.fromStore(tracker), consecutiveEmpty);
    }
}

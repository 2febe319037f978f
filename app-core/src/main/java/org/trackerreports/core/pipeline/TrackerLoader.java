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

/** Leases become targets: reads the trackers and their keys from the store. Thread-safe. */
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

    @Inject
    TrackerLoader(ReportStore store) {
        this.store = store;
    }

    /** The trackers of leases. */
    public Loaded load(List<Lease> leases) {
        Map<Long, Tracker> trackers = find(
                leases.stream().flatMap(lease -> trackerId(lease.id()).stream()).toList());
        Map<Lease, FetchTarget> targets = new LinkedHashMap<>();
        List<Lease> gone = new ArrayList<>();
        Map<Lease, String> unreadable = new LinkedHashMap<>();
        for (Lease lease : leases) {
            Optional<Tracker> tracker = trackerId(lease.id()).map(trackers::get).filter(Tracker::enabled);
            if (tracker.isEmpty()) {
                gone.add(lease);
                continue;
            }
            try {
                targets.put(lease, target(tracker.get(), lease.consecutiveEmpty()));
            } catch (IllegalArgumentException e) {
                unreadable.put(lease, e.getMessage());
            }
        }
        return new Loaded(targets, gone, unreadable);
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

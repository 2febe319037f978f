package org.trackerreports.fetcher.daemon;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.core.pipeline.FetchTarget;
import org.trackerreports.core.pipeline.TrackerLoader;
import org.trackerreports.core.pipeline.TrackerLoader.Loaded;
import org.trackerreports.core.text.Printable;
import org.trackerreports.findmy.fetch.FetchPlan;
import org.trackerreports.findmy.fetch.PlannedKeys;
import org.trackerreports.findmy.fetch.RequestPlanner;
import org.trackerreports.queue.Completion;
import org.trackerreports.queue.Fault;
import org.trackerreports.queue.Lease;
import org.trackerreports.queue.TrackerQueue;
import org.trackerreports.queue.WorkerId;

/** Between the queue and a request: claims due trackers, plans the request, and completes or releases them afterwards. Thread-safe. */
record WorkBatch(
        TrackerQueue queue,
        WorkerId worker,
        TrackerLoader loader,
        RequestPlanner planner,
        int maxTrackers,
        Clock clock) {

    private static final Logger LOG = LoggerFactory.getLogger(WorkBatch.class);

    /**
     * Claimed trackers with the request for them.
     *
     * @param leases the lease of each target of the plan
     */
    record Claimed(Map<Lease, FetchTarget> leases, FetchPlan<FetchTarget> plan) {}

    /**
     * Claims the trackers of one request and plans it; empty if nothing is due.
     *
     * @param atMost the maximum number of trackers, up to {@link #maxTrackers}
     */
    Optional<Claimed> claim(int atMost) {
        List<Lease> leases = queue.claim(worker, atMost);
        if (leases.isEmpty()) {
            return Optional.empty();
        }
        boolean planned = false;
        try {
            Loaded loaded = loader.load(leases);
            drop(loaded);
            Optional<FetchPlan<FetchTarget>> plan = plan(loaded.targets().values());
            planned = true;
            if (plan.isEmpty()) {
                logLost(queue.complete(List.copyOf(loaded.targets().keySet()), Completion.NOTHING_FOUND));
                return Optional.empty();
            }
            List<Lease> leftOver = leasesOf(
                    loaded.targets(),
                    plan.get().leftOver().stream().map(PlannedKeys::target).toList());
            logLost(queue.release(leftOver));
            leftOver.forEach(loaded.targets()::remove);
            return Optional.of(new Claimed(loaded.targets(), plan.get()));
        } finally {
            if (!planned) {
                queue.release(leases);
            }
        }
    }

    private Optional<FetchPlan<FetchTarget>> plan(Collection<FetchTarget> targets) {
        Instant now = clock.instant();
        return planner.plan(
                targets.stream().map(target -> target.planned(planner, now)).toList(), now);
    }

    private void drop(Loaded loaded) {
        loaded.gone().stream()
                .filter(lease -> TrackerLoader.trackerId(lease.id()).isEmpty())
                .forEach(lease -> LOG.warn(
                        "The queue had \"{}\", which is no tracker, and something else wrote it there. It is removed.",
                        Printable.brief(lease.id())));
        if (!loaded.gone().isEmpty()) {
            queue.remove(loaded.gone().stream().map(Lease::id).toList());
        }
        loaded.unreadable().forEach((lease, reason) -> {
            LOG.warn("Tracker {} is skipped: {}", lease.id(), reason);
            queue.fail(lease, reason, Fault.TRACKER);
        });
    }

    /** The time until a tracker is due, at most the limit. */
    Duration untilNextDue(Duration limit) {
        return queue.untilNextDue().filter(wait -> wait.compareTo(limit) < 0).orElse(limit);
    }

    /** Whether reports of this tracker are likely: it had reports last time, or was never requested. */
    static boolean isExpected(FetchTarget target) {
        return target.consecutiveEmpty() == 0;
    }

    /**
     * Completes the trackers of an answered request.
     *
     * @param found the ids of the trackers that had reports
     * @param askAgain whether the other trackers stay due if reports of them were likely
     */
    void complete(Claimed claimed, Set<Long> found, boolean askAgain) {
        List<Lease> withReports = new ArrayList<>();
        List<Lease> again = new ArrayList<>();
        List<Lease> without = new ArrayList<>();
        claimed.leases().forEach((lease, target) -> {
            if (found.contains(target.trackerId())) {
                withReports.add(lease);
            } else {
                (askAgain && isExpected(target) ? again : without).add(lease);
            }
        });
        logLost(queue.complete(withReports, Completion.FOUND));
        logLost(queue.release(again));
        logLost(queue.complete(without, Completion.NOTHING_FOUND));
    }

    /** Postpones the trackers of a failed request, without counting the failure against them. */
    void postpone(Claimed claimed, String reason) {
        logLost(queue.fail(List.copyOf(claimed.leases().keySet()), reason, Fault.NOT_THE_TRACKER));
    }

    /** Releases the trackers of a request that was not made. */
    void release(Claimed claimed) {
        logLost(queue.release(List.copyOf(claimed.leases().keySet())));
    }

    private static List<Lease> leasesOf(Map<Lease, FetchTarget> targets, List<FetchTarget> some) {
        Set<Long> ids = some.stream().map(FetchTarget::trackerId).collect(Collectors.toSet());
        return targets.entrySet().stream()
                .filter(entry -> ids.contains(entry.getValue().trackerId()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static void logLost(List<Boolean> accepted) {
        long lost = accepted.stream().filter(each -> !each).count();
        if (lost > 0) {
            LOG.info("The leases of {} trackers were lost to another worker.", lost);
        }
    }
}

package org.trackerreports.tools.fetch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.trackerreports.core.pipeline.DecodedReport;
import org.trackerreports.core.pipeline.FetchTarget;
import org.trackerreports.core.pipeline.ReportDecoder;
import org.trackerreports.findmy.fetch.FetchOutcome.Answered;
import org.trackerreports.findmy.fetch.FetchPlan;
import org.trackerreports.findmy.fetch.KeyCursor;
import org.trackerreports.findmy.fetch.PlannedKeys;
import org.trackerreports.findmy.fetch.RequestPlanner;

/**
 * Plans the requests for all keys of some trackers. A key list that is longer than a request is requested to its end. The keys of an
 * accessory are requested backwards from the newest until there is a report; only the newest, unless the search is deep. For one use.
 */
final class ReportSearch {

    private final RequestPlanner planner;
    private final ReportDecoder decoder;
    private final boolean deep;
    private final Instant now;
    private final Set<Long> found = new HashSet<>();
    private final Map<Long, KeyCursor> cursors = new HashMap<>();
    private List<FetchTarget> targets;

    ReportSearch(RequestPlanner planner, ReportDecoder decoder, boolean deep, Instant now, List<FetchTarget> targets) {
        this.planner = planner;
        this.decoder = decoder;
        this.deep = deep;
        this.now = now;
        this.targets = List.copyOf(targets);
        targets.forEach(target -> cursors.put(target.trackerId(), planner.cursor(target.keys(), now)));
    }

    /** The next request; empty when all keys were requested. */
    Optional<FetchPlan<FetchTarget>> next() {
        return planner.plan(
                targets.stream()
                        .map(target -> new PlannedKeys<>(
                                target, cursors.get(target.trackerId()).groups()))
                        .toList(),
                now);
    }

    /** Takes the answer to the request and returns its reports, in the order of the trackers, newest first. */
    List<DecodedReport> take(FetchPlan<FetchTarget> plan, Answered answered) {
        List<DecodedReport> reports = new ArrayList<>(decoder.decode(plan, answered));
        List<Long> order = plan.included().stream().map(FetchTarget::trackerId).toList();
        reports.sort(Comparator.<DecodedReport>comparingInt(
                        report -> order.indexOf(report.target().trackerId()))
                .thenComparing(
                        report -> report.outcome().encrypted().timestamp().orElse(Instant.EPOCH),
                        Comparator.reverseOrder()));
        reports.forEach(report -> found.add(report.target().trackerId()));
        skip(plan);
        return reports;
    }

    /** Continues as if the request had been made and had found nothing. */
    void skip(FetchPlan<FetchTarget> plan) {
        List<FetchTarget> left = new ArrayList<>(
                plan.leftOver().stream().map(PlannedKeys::target).toList());
        plan.included().stream().filter(this::advance).forEach(left::add);
        targets = left;
    }

    /** Moves to the tracker's next keys; false if there are none to request. */
    private boolean advance(FetchTarget target) {
        KeyCursor cursor = cursors.get(target.trackerId());
        if (cursor.rolling() && (!deep || found.contains(target.trackerId()))) {
            return false;
        }
        Optional<KeyCursor> next = cursor.next();
        next.ifPresent(part -> cursors.put(target.trackerId(), part));
        return next.isPresent();
    }

    /** How many requests the older keys of an accessory would take; 0 for static keys, which are all requested. */
    int notAskedFor(FetchTarget target) {
        KeyCursor cursor = cursors.get(target.trackerId());
        return cursor.rolling() && !deep && !found.contains(target.trackerId()) ? Math.max(0, cursor.parts() - 1) : 0;
    }
}

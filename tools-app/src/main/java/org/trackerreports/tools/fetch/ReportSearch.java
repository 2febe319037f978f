package org.trackerreports.tools.fetch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.trackerreports.core.pipeline.DecodedReport;
import org.trackerreports.core.pipeline.FetchTarget;
import org.trackerreports.core.pipeline.ReportDecoder;
import org.trackerreports.findmy.fetch.FetchOutcome.Answered;
import org.trackerreports.findmy.fetch.FetchPlan;
import org.trackerreports.findmy.fetch.KeyCursor;
import org.trackerreports.findmy.fetch.RequestPlanner;
import org.trackerreports.findmy.fetch.RequestSequence;
import org.trackerreports.findmy.key.Accessory;

/**
 * The requests for all keys of some trackers: static keys to their end, an accessory's keys backwards until there is a report, and only
 * its newest keys unless the search is deep. One use.
 */
final class ReportSearch {

    private final RequestPlanner planner;
    private final ReportDecoder decoder;
    private final boolean deep;
    private final Instant now;
    private final RequestSequence<FetchTarget> requests;
    private final Set<Long> found = new HashSet<>();

    ReportSearch(RequestPlanner planner, ReportDecoder decoder, boolean deep, Instant now, List<FetchTarget> targets) {
        this.planner = planner;
        this.decoder = decoder;
        this.deep = deep;
        this.now = now;
        this.requests = new RequestSequence<>(planner, now);
        targets.forEach(target -> requests.add(target, cursor(target), deep ? Integer.MAX_VALUE : 1));
    }

    private KeyCursor cursor(FetchTarget target) {
        return planner.cursor(target.keys(), now);
    }

    /** The next request to make; empty when all was asked for. */
    Optional<FetchPlan<FetchTarget>> next() {
        return requests.next();
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

    /** Continues as if the request had been made and had found nothing more. */
    void skip(FetchPlan<FetchTarget> plan) {
        requests.completed(plan, target -> !(target.keys() instanceof Accessory) || isSilent(target));
    }

    private boolean isSilent(FetchTarget target) {
        return !found.contains(target.trackerId());
    }

    /** How many requests the older keys of a silent accessory would take, if they were not asked for. */
    int notAskedFor(FetchTarget target) {
        boolean newestOnly = !deep && isSilent(target) && target.keys() instanceof Accessory;
        return newestOnly ? Math.max(0, cursor(target).parts() - 1) : 0;
    }
}

package org.trackerreports.tools.fetch;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.trackerreports.core.pipeline.DecodedReport;
import org.trackerreports.core.pipeline.FetchPlan;
import org.trackerreports.core.pipeline.FetchPlanner;
import org.trackerreports.core.pipeline.FetchTarget;
import org.trackerreports.core.pipeline.ReportDecoder;
import org.trackerreports.findmy.key.Accessory;
import org.trackerreports.tools.command.CommandFailure;

/**
 * Asks for all keys of some trackers, request by request. A key list that is longer than a request is asked for to its end; an
 * accessory's keys backwards from its newest until there is a report, and only the newest unless the search is deep. One use.
 */
final class ReportSearch {

    private final FetchPlanner planner;
    private final ReportDecoder decoder;
    private final boolean deep;
    private final Instant now;
    private final Set<Long> found = new HashSet<>();
    private List<FetchTarget> targets;

    ReportSearch(FetchPlanner planner, ReportDecoder decoder, boolean deep, Clock clock, List<FetchTarget> targets) {
        this.planner = planner;
        this.decoder = decoder;
        this.deep = deep;
        this.now = clock.instant();
        this.targets = List.copyOf(targets);
    }

    /** Who takes the reports of a request. */
    interface Taker {
        void take(List<DecodedReport> reports);
    }

    /** The next request to make; empty when all was asked. */
    Optional<FetchPlan> next() {
        return targets.isEmpty() ? Optional.empty() : planner.plan(targets, now);
    }

    /**
     * Makes the next request.
     *
     * @throws CommandFailure if there was no answer; the request is still the next one then
     */
    void ask(FetchPlan plan, Questions questions, Taker taker) throws IOException, CommandFailure {
        List<DecodedReport> reports = new ArrayList<>(
                decoder.decode(plan, questions.ask(plan.query(), plan.included().size())));
        // The service's order is none.
        List<Long> order = plan.included().stream().map(FetchTarget::trackerId).toList();
        reports.sort(Comparator.<DecodedReport>comparingInt(
                        report -> order.indexOf(report.target().trackerId()))
                .thenComparing(
                        report -> report.outcome().encrypted().timestamp().orElse(Instant.EPOCH),
                        Comparator.reverseOrder()));
        reports.forEach(report -> found.add(report.target().trackerId()));
        taker.take(reports);
        skip(plan);
    }

    /** Goes on as if the request had been made and had found nothing more. */
    void skip(FetchPlan plan) {
        List<FetchTarget> left = new ArrayList<>(plan.leftOver());
        plan.included().stream().map(this::following).flatMap(Optional::stream).forEach(left::add);
        targets = left;
    }

    /** The same tracker with the part of its keys that comes next. */
    private Optional<FetchTarget> following(FetchTarget target) {
        int turn = target.emptyTurns();
        boolean rolling = target.keys() instanceof Accessory;
        if (rolling && (!deep || found.contains(target.trackerId()))) {
            return Optional.empty();
        }
        int following = rolling ? nextOdd(turn) : turn + 1;
        int part = rolling ? 1 + following / 2 : following;
        return part < parts(target)
                ? Optional.of(new FetchTarget(target.trackerId(), target.name(), target.keys(), following))
                : Optional.empty();
    }

    /** The planner asks for the newest part on even turns, and walks backwards on the odd ones. */
    private static int nextOdd(int turn) {
        return turn == 0 ? 1 : turn + 2;
    }

    /** How many requests all keys of a tracker take. */
    int parts(FetchTarget target) {
        int groups = target.keys()
                .keysBetween(now.minus(planner.history()), now, planner.mostIds())
                .groups();
        return target.keys() instanceof Accessory ? groups : (groups + planner.mostIds() - 1) / planner.mostIds();
    }
}

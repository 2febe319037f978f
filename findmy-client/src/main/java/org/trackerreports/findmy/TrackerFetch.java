package org.trackerreports.findmy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.trackerreports.findmy.fetch.FetchOutcome;
import org.trackerreports.findmy.fetch.FetchPlan;
import org.trackerreports.findmy.fetch.FetchQuery;
import org.trackerreports.findmy.fetch.PlannedKeys;
import org.trackerreports.findmy.fetch.RequestPlanner;
import org.trackerreports.findmy.report.EncryptedReport;

/**
 * Runs the searches for several trackers together, request by request, until none wants more. A failure that concerns more than its own
 * request ends them all, because further requests would only cost budget. Not thread-safe.
 */
final class TrackerFetch {

    private final List<TrackerSearch> searches;
    private final RequestPlanner planner;
    private final Instant newestKeys;
    private final Function<FetchQuery, FetchOutcome> service;

    TrackerFetch(
            List<TrackerSearch> searches,
            RequestPlanner planner,
            Instant newestKeys,
            Function<FetchQuery, FetchOutcome> service) {
        this.searches = searches;
        this.planner = planner;
        this.newestKeys = newestKeys;
        this.service = service;
    }

    List<TrackerReports> run() {
        List<PlannedKeys<TrackerSearch>> wanted = wantedBy(searches);
        Optional<FetchPlan<TrackerSearch>> plan = planner.plan(wanted, newestKeys);
        while (plan.isPresent()) {
            ask(plan.get());
            wanted = new ArrayList<>(plan.get().leftOver());
            wanted.removeIf(each -> each.target().failed());
            wanted.addAll(wantedBy(plan.get().included()));
            plan = planner.plan(wanted, newestKeys);
        }
        return searches.stream().map(TrackerSearch::result).toList();
    }

    private static List<PlannedKeys<TrackerSearch>> wantedBy(List<TrackerSearch> searches) {
        return searches.stream()
                .flatMap(search -> search.next().stream().map(group -> new PlannedKeys<>(search, List.of(group))))
                .toList();
    }

    private void ask(FetchPlan<TrackerSearch> plan) {
        FetchOutcome outcome = service.apply(plan.query());
        if (outcome.answer().isPresent()) {
            take(plan, outcome.answer().get());
            return;
        }
        Set<TrackerSearch> failed = new HashSet<>(plan.included());
        if (concernsEverything(outcome)) {
            plan.leftOver().forEach(left -> failed.add(left.target()));
            searches.stream().filter(TrackerSearch::unfinished).forEach(failed::add);
        }
        failed.forEach(search -> search.fail(outcome));
    }

    /** A refusal or an odd answer may be due to what was asked for; everything else would happen to the next request, too. */
    private static boolean concernsEverything(FetchOutcome outcome) {
        return switch (outcome.kind()) {
            case ANSWERED, REFUSED, UNREADABLE -> false;
            case EMPTY_ANSWER,
                    NOT_AUTHORISED,
                    TOO_MANY_REQUESTS,
                    SERVICE_ERROR,
                    TIMED_OUT,
                    UNREACHABLE,
                    NO_ANISETTE,
                    SIGN_IN_NEEDED,
                    HELD_BACK -> true;
        };
    }

    private static void take(FetchPlan<TrackerSearch> plan, FetchOutcome.Answered answered) {
        Map<TrackerSearch, List<EncryptedReport>> reports = plan.query().keys().stream()
                .flatMap(key ->
                        answered.reports().getOrDefault(key, List.of()).stream().distinct())
                .collect(Collectors.groupingBy(
                        report -> plan.planned(report.key()).target()));
        reports.forEach(
                (search, given) -> search.take(given, key -> plan.planned(key).key()));
    }
}

package org.trackerreports.findmy;

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
import org.trackerreports.findmy.fetch.RequestSequence;
import org.trackerreports.findmy.report.EncryptedReport;

/**
 * Runs the searches for several trackers together, request by request, until none wants more. A failure that concerns more than its own
 * request ends them all, because further requests would only cost budget. Not thread-safe.
 */
record TrackerFetch(RequestSequence<TrackerSearch> requests, Function<FetchQuery, FetchOutcome> service) {

    void run() {
        Optional<FetchPlan<TrackerSearch>> plan = requests.next();
        while (plan.isPresent()) {
            ask(plan.get());
            requests.completed(plan.get(), TrackerSearch::wantsMore);
            plan = requests.next();
        }
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
        }
        failed.forEach(search -> search.fail(outcome));
    }

    /** A refusal or an unreadable answer may be due to what was asked for; any other failure would affect the next request, too. */
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

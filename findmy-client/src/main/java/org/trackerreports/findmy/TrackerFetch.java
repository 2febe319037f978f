package org.trackerreports.findmy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.trackerreports.findmy.fetch.FetchOutcome;
import org.trackerreports.findmy.fetch.FetchQuery;
import org.trackerreports.findmy.key.KeyGroup;

/**
 * Runs the searches for several trackers together: what they want next is packed into requests, until nobody wants anything. A failure
 * that concerns more than its own request ends them all, because asking on would only cost requests. Not thread-safe.
 */
final class TrackerFetch {

    private record Question(TrackerSearch search, KeyGroup group) {}

    private final List<TrackerSearch> searches;
    private final Instant from;
    private final Instant to;
    private final int idsPerRequest;
    private final Function<FetchQuery, FetchOutcome> service;

    TrackerFetch(
            List<TrackerSearch> searches,
            Instant from,
            Instant to,
            int idsPerRequest,
            Function<FetchQuery, FetchOutcome> service) {
        this.searches = searches;
        this.from = from;
        this.to = to;
        this.idsPerRequest = idsPerRequest;
        this.service = service;
    }

    List<TrackerReports> run() {
        List<Question> questions = nextQuestions();
        while (!questions.isEmpty()) {
            List<List<Question>> requests = pack(questions);
            for (int number = 0; number < requests.size(); number++) {
                FetchOutcome outcome = ask(requests.get(number));
                if (concernsEverything(outcome)) {
                    requests.subList(number, requests.size()).forEach(left -> fail(left, outcome));
                    searches.stream().filter(TrackerSearch::unfinished).forEach(search -> search.fail(outcome));
                    return results();
                }
            }
            questions = nextQuestions();
        }
        return results();
    }

    private List<Question> nextQuestions() {
        List<Question> questions = new ArrayList<>();
        searches.forEach(search -> search.next().forEach(group -> questions.add(new Question(search, group))));
        return questions;
    }

    private List<List<Question>> pack(List<Question> questions) {
        List<List<Question>> requests = new ArrayList<>();
        int room = 0;
        for (Question question : questions) {
            int ids = question.group().size();
            if (requests.isEmpty() || ids > room) {
                requests.add(new ArrayList<>());
                room = idsPerRequest;
            }
            requests.get(requests.size() - 1).add(question);
            room -= ids;
        }
        return requests;
    }

    private FetchOutcome ask(List<Question> request) {
        List<FetchQuery.Entry> entries = request.stream()
                .map(question -> FetchQuery.Entry.of(question.group()))
                .toList();
        FetchOutcome outcome = service.apply(new FetchQuery(entries, from, to));
        if (outcome instanceof FetchOutcome.Answered answered) {
            request.forEach(question -> question.search().take(question.group(), answered.reports()));
        } else {
            fail(request, outcome);
        }
        return outcome;
    }

    private static void fail(List<Question> request, FetchOutcome outcome) {
        request.forEach(question -> question.search().fail(outcome));
    }

    /** A refusal or an odd answer may be due to what was asked; everything else would meet the next request, too. */
    private static boolean concernsEverything(FetchOutcome outcome) {
        return !(outcome instanceof FetchOutcome.Answered
                || outcome instanceof FetchOutcome.Refused
                || outcome instanceof FetchOutcome.Unreadable);
    }

    private List<TrackerReports> results() {
        return searches.stream().map(TrackerSearch::result).toList();
    }
}

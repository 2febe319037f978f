package org.trackerreports.server.internal.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.trackerreports.server.internal.http.ETags;
import org.trackerreports.server.route.Answer;
import org.trackerreports.server.route.ProblemException;
import org.trackerreports.server.route.Request;
import org.trackerreports.server.route.RouteHandler;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.feed.Feed;
import org.trackerreports.store.feed.FeedCursor;
import org.trackerreports.store.feed.FeedPlace;
import org.trackerreports.store.place.Place;
import org.trackerreports.store.view.TrackerView;

/** What the routes of the API have in common. Thread-safe. */
record Api(ReportStore store, Clock clock) {

    static final String BASE = "/api/v1";

    private static final String CACHE = "private, no-cache";

    /** Answers that a browser may keep, but has to ask about. */
    static RouteHandler cached(RouteHandler handler) {
        return request -> {
            Answer answer = handler.handle(request);
            return answer.headers().containsKey("Cache-Control") ? answer : answer.withHeader("Cache-Control", CACHE);
        };
    }

    Parameters parameters(Request request) {
        return new Parameters(request, clock.instant());
    }

    /** The tracker in the path, if the caller may see it. For others it does not exist. */
    TrackerView tracker(Request request) {
        return store.views()
                .find(id(request), request.caller().labels())
                .orElseThrow(() -> ProblemException.notFound("There is no such tracker."));
    }

    /** The places that the caller may see: whoever sees only some trackers sees only the places that these can be in. */
    List<Place> places(Request request) {
        Map<String, String> own = request.caller().labels();
        return store.places().list().stream()
                .filter(place -> place.content().labels().entrySet().stream()
                        .allMatch(label -> !own.containsKey(label.getKey())
                                || label.getValue().equals(own.get(label.getKey()))))
                .toList();
    }

    /** The place in the path, if the caller may see it. */
    Place place(Request request) {
        long id = id(request);
        return places(request).stream()
                .filter(place -> place.id() == id)
                .findFirst()
                .orElseThrow(Api::unknownPlace);
    }

    static ProblemException unknownPlace() {
        return ProblemException.notFound("There is no such place.");
    }

    static long id(Request request) {
        try {
            return Long.parseLong(request.pathParameter("id"));
        } catch (NumberFormatException e) {
            throw ProblemException.notFound("There is nothing with this id: it must be a number.");
        }
    }

    /** A list, and where it goes on. */
    static ObjectNode list(String name, ArrayNode items, @Nullable String next) {
        ObjectNode json = Json.object();
        json.set(name, items);
        return json.put("next", next);
    }

    /** A page of a list, with a link to the next one. */
    static Answer page(Request request, ObjectNode list) {
        Answer answer = Answer.json(list);
        String next = list.path("next").asText(null);
        if (next == null) {
            return answer;
        }
        return answer.withHeader("Link", link(request, next));
    }

    /** The value of a header {@code Link} to the next page. Relative, so that it is right behind every proxy. */
    static String link(Request request, String next) {
        return "<?" + Queries.with(request, "after", next) + ">; rel=\"next\"";
    }

    /** Until where the feed is judged: what follows has not been told yet. */
    FeedPlace judgedPlace() {
        return store.feed().cursor(Feed.JUDGE).map(FeedCursor::place).orElse(FeedPlace.BEGINNING);
    }

    /** Makes an answer that depends on trackers, positions and places only, unless the client has it. */
    Answer ifChanged(Request request, Supplier<Answer> maker) {
        // Before the answer is read, so that the tag is never newer than the answer.
        String state = store.views().version();
        String tag = ETags.of(state + "\n" + request.path() + "\n" + Queries.text(request) + "\n"
                + Json.labels(request.caller().labels()) + "\n"
                + request.header("Accept").orElse(""));
        if (ETags.matches(request.header("If-None-Match"), tag)) {
            return Answer.empty(304).withHeader("ETag", tag);
        }
        return maker.get().withHeader("ETag", tag);
    }
}

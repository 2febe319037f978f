package org.trackerreports.server.internal.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.trackerreports.server.internal.api.Parameters.Range;
import org.trackerreports.server.route.Answer;
import org.trackerreports.server.route.Request;
import org.trackerreports.server.route.Route;
import org.trackerreports.server.route.Scope;
import org.trackerreports.store.place.Place;
import org.trackerreports.store.place.Transition;
import org.trackerreports.store.place.TransitionPage;
import org.trackerreports.store.place.TransitionQuery;
import org.trackerreports.store.view.TrackerView;

/** When trackers entered and left places: of one tracker, at one place, or all of them. */
final class TransitionRoutes {

    private final Api api;

    TransitionRoutes(Api api) {
        this.api = api;
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", Api.BASE + "/transitions", Scope.READ, Api.cached(this::all)),
                new Route("GET", Api.BASE + "/trackers/{id}/transitions", Scope.READ, Api.cached(this::ofTracker)),
                new Route("GET", Api.BASE + "/places/{id}/transitions", Scope.READ, Api.cached(this::atPlace)));
    }

    private Answer all(Request request) {
        return page(request, Set.of(), Set.of());
    }

    private Answer ofTracker(Request request) {
        return page(request, Set.of(api.tracker(request).id()), Set.of());
    }

    private Answer atPlace(Request request) {
        return page(request, Set.of(), Set.of(api.place(request).id()));
    }

    private Answer page(Request request, Set<Long> trackers, Set<Long> places) {
        Parameters parameters = api.parameters(request);
        Range range = parameters.range();
        boolean newestFirst =
                parameters.word("sort", "oldest", List.of("oldest", "newest")).equals("newest");
        int limit = parameters.limit(Page.USUAL_LIMIT);
        TransitionQuery query =
                new TransitionQuery(trackers, places, range.from(), range.to(), parameters.isTrue("withdrawn"));
        List<Transition> found = api.store()
                .places()
                .transitions(
                        query,
                        new TransitionPage(
                                parameters.labels(),
                                newestFirst,
                                parameters.after(2).map(TransitionRoutes::place),
                                limit + 1));
        Page<Transition> page = Page.of(found, limit, TransitionRoutes::cursor);
        return Api.page(request, Api.list("transitions", json(page.items()), page.next()));
    }

    private ArrayNode json(List<Transition> transitions) {
        Set<Long> ids = transitions.stream().map(Transition::trackerId).collect(Collectors.toSet());
        Map<Long, String> trackers =
                api.store().views().findAll(ids).stream().collect(Collectors.toMap(TrackerView::id, TrackerView::name));
        Map<Long, String> places =
                api.store().places().list().stream().collect(Collectors.toMap(Place::id, Place::name));
        ArrayNode json = Json.array();
        for (Transition transition : transitions) {
            ObjectNode object = Json.object()
                    .put("tracker", trackers.get(transition.trackerId()))
                    .put("tracker_id", transition.trackerId());
            json.add(Json.transition(object, transition, places.get(transition.placeId())));
        }
        return json;
    }

    private static String cursor(Transition last) {
        return Parameters.cursor(last.eventTime().toString(), last.id().toString());
    }

    private static TransitionPage.Place place(List<String> parts) {
        try {
            return new TransitionPage.Place(Page.time(parts.get(0)), UUID.fromString(parts.get(1)));
        } catch (IllegalArgumentException e) {
            throw Parameters.wrongCursor();
        }
    }
}

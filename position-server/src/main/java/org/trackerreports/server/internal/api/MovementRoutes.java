package org.trackerreports.server.internal.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.trackerreports.movement.Stay;
import org.trackerreports.movement.Trip;
import org.trackerreports.server.internal.api.Parameters.Range;
import org.trackerreports.server.route.Answer;
import org.trackerreports.server.route.ProblemException;
import org.trackerreports.server.route.Request;
import org.trackerreports.server.route.Route;
import org.trackerreports.server.route.Scope;
import org.trackerreports.store.history.Coverage;
import org.trackerreports.store.history.HistoryBucket;
import org.trackerreports.store.history.HistoryQuery;
import org.trackerreports.store.place.Place;
import org.trackerreports.store.place.Transition;
import org.trackerreports.store.place.TransitionQuery;
import org.trackerreports.store.view.TrackerOrder;
import org.trackerreports.store.view.TrackerSelection;
import org.trackerreports.store.view.TrackerView;

/** What follows from the reports of a tracker: hours and days, stays, trips, gaps and transitions. */
final class MovementRoutes {

    /** A stay needs all reports in memory. */
    private static final Duration LONGEST = Duration.ofDays(400);

    private static final int USUAL_GAP_HOURS = 6;

    private final Api api;

    MovementRoutes(Api api) {
        this.api = api;
    }

    List<Route> routes() {
        String tracker = Api.BASE + "/trackers/{id}";
        return List.of(
                new Route("GET", tracker + "/history", Scope.READ, Api.cached(this::history)),
                new Route("GET", tracker + "/stays", Scope.READ, Api.cached(this::stays)),
                new Route("GET", tracker + "/trips", Scope.READ, Api.cached(this::trips)),
                new Route("GET", tracker + "/gaps", Scope.READ, Api.cached(this::gaps)),
                new Route("GET", tracker + "/transitions", Scope.READ, Api.cached(this::transitions)),
                new Route("GET", Api.BASE + "/transitions", Scope.READ, Api.cached(this::allTransitions)));
    }

    private Answer history(Request request) {
        TrackerView tracker = api.tracker(request);
        Parameters parameters = api.parameters(request);
        boolean hours = parameters.word("by", "day", List.of("hour", "day")).equals("hour");
        int limit = parameters.limit(Parameters.MOST);
        HistoryQuery query = parameters.history(tracker.id());
        HistoryQuery rest =
                parameters.after(1).map(parts -> from(query, parts.get(0))).orElse(query);
        List<HistoryBucket> found = hours
                ? api.store().history().hours(rest)
                : api.store().history().days(rest);
        List<HistoryBucket> page = found.subList(0, Math.min(limit, found.size()));
        ArrayNode history = Json.array();
        page.forEach(bucket -> history.add(Json.bucket(bucket)));
        String next = found.size() > limit
                ? Parameters.cursor(found.get(limit).start().toString())
                : null;
        return Api.page(request, Api.list("history", history, next));
    }

    private static HistoryQuery from(HistoryQuery query, String start) {
        try {
            Instant from = Instant.parse(start);
            return new HistoryQuery(
                    query.trackerIds(), from, query.to(), query.minimumConfidence(), query.flags(), query.zone());
        } catch (DateTimeException | IllegalArgumentException e) {
            throw Parameters.wrongCursor();
        }
    }

    private HistoryQuery bounded(Parameters parameters, TrackerView tracker) {
        HistoryQuery query = parameters.history(tracker.id());
        if (Duration.between(query.from(), query.to()).compareTo(LONGEST) > 0) {
            throw ProblemException.badRequest(
                    "The range has more than " + LONGEST.toDays() + " days; ask for a part of it at a time.");
        }
        return query;
    }

    private Answer stays(Request request) {
        TrackerView tracker = api.tracker(request);
        Parameters parameters = api.parameters(request);
        HistoryQuery query = bounded(parameters, tracker);
        Range range = new Range(query.from(), query.to());
        Movements.Stretch stretch = Movements.read(api.store().history(), query);
        Movements.Finder places = new Movements.Finder(api.store().places().list());
        ArrayNode stays = Json.array();
        for (Stay stay : stretch.timeline().stays()) {
            if (range.touches(stay.from(), stay.to())) {
                stays.add(stay(stay, tracker, stretch, places));
            }
        }
        return Answer.json(Api.list("stays", stays, null));
    }

    static ObjectNode stay(Stay stay, TrackerView tracker, Movements.Stretch stretch, Movements.Finder places) {
        double latitude = stay.position().latitude();
        double longitude = stay.position().longitude();
        return Json.object()
                .put("from", stay.from().toString())
                .put("to", stay.to().toString())
                .put("lat", latitude)
                .put("lon", longitude)
                .put("certain_seconds", stay.certainSeconds())
                .put("assumed", !stay.assumed().isEmpty())
                .put(
                        "place",
                        places.at(tracker.labels(), latitude, longitude).stream()
                                .findFirst()
                                .map(Place::name)
                                .orElse(null))
                .put("nearest_city", stretch.cities().get(stay.position().digest()))
                .put("reports", stay.reports());
    }

    private Answer trips(Request request) {
        TrackerView tracker = api.tracker(request);
        HistoryQuery query = bounded(api.parameters(request), tracker);
        Range range = new Range(query.from(), query.to());
        ArrayNode trips = Json.array();
        for (Trip trip : Movements.read(api.store().history(), query).timeline().trips()) {
            if (range.touches(trip.from(), trip.to())) {
                trips.addObject()
                        .put("from", trip.from().toString())
                        .put("to", trip.to().toString())
                        .put("length_m", Math.round(trip.lengthMetres()))
                        .put("reports", trip.reports());
            }
        }
        return Answer.json(Api.list("trips", trips, null));
    }

    private Answer gaps(Request request) {
        TrackerView tracker = api.tracker(request);
        Parameters parameters = api.parameters(request);
        int hours = parameters.number("min_gap_hours", 1, 24 * 365).orElse(USUAL_GAP_HOURS);
        Coverage coverage = api.store().history().coverage(parameters.history(tracker.id()), Duration.ofHours(hours));
        ArrayNode gaps = Json.array();
        coverage.gaps()
                .forEach(gap -> gaps.addObject()
                        .put("from_time", gap.from().toString())
                        .put("to_time", gap.to().toString())
                        .put("seconds", gap.length().toSeconds()));
        return Answer.json(Api.list("gaps", gaps, null)
                .put("reports", coverage.reportCount())
                .put("hours", coverage.hours())
                .put("hours_seen", coverage.hoursWithReports())
                .put("share", coverage.share())
                .put("days_seen", coverage.daysWithReports())
                .put("first_time", Json.time(coverage.first()))
                .put("last_time", Json.time(coverage.last())));
    }

    private Answer transitions(Request request) {
        TrackerView tracker = api.tracker(request);
        return transitions(request, Map.of(tracker.id(), tracker.name()), true);
    }

    private Answer allTransitions(Request request) {
        Map<String, String> labels = api.parameters(request).labels();
        if (labels.isEmpty()) {
            return transitions(request, Map.of(), false);
        }
        Map<Long, String> names = api
                .store()
                .views()
                .list(TrackerSelection.of(labels), new TrackerOrder.ByName(""), Parameters.MOST)
                .stream()
                .collect(Collectors.toMap(TrackerView::id, TrackerView::name));
        return transitions(request, names, true);
    }

    /** @param names of the trackers that count; not limited: all */
    private Answer transitions(Request request, Map<Long, String> names, boolean limited) {
        Parameters parameters = api.parameters(request);
        Range range = parameters.range();
        ArrayNode json = Json.array();
        if (!limited || !names.isEmpty()) {
            TransitionQuery query = new TransitionQuery(
                    names.keySet(), Set.of(), range.from(), range.to(), parameters.isTrue("withdrawn"));
            List<Transition> all = api.store().places().transitions(query);
            // The newest ones, if there are more than wanted.
            List<Transition> found =
                    all.subList(Math.max(0, all.size() - parameters.limit(Parameters.MOST)), all.size());
            Map<Long, String> known = limited ? names : names(found);
            Map<Long, String> places =
                    api.store().places().list().stream().collect(Collectors.toMap(Place::id, Place::name));
            found.forEach(each -> json.add(transition(each, known, places)));
        }
        return Answer.json(Api.list("transitions", json, null));
    }

    private Map<Long, String> names(List<Transition> transitions) {
        Set<Long> ids = transitions.stream().map(Transition::trackerId).collect(Collectors.toSet());
        return api.store().views().findAll(ids).stream().collect(Collectors.toMap(TrackerView::id, TrackerView::name));
    }

    private static ObjectNode transition(Transition transition, Map<Long, String> trackers, Map<Long, String> places) {
        ObjectNode json = Json.object()
                .put("tracker", trackers.get(transition.trackerId()))
                .put("tracker_id", transition.trackerId());
        return Json.transition(json, transition, places.get(transition.placeId()));
    }
}

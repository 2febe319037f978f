package org.trackerreports.server.internal.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
import org.trackerreports.store.view.TrackerView;

/** What follows from the reports of a tracker: hours and days, stays, trips and gaps. */
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
                new Route("GET", tracker + "/gaps", Scope.READ, Api.cached(this::gaps)));
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
                ? api.store().history().hours(rest, limit + 1)
                : api.store().history().days(rest, limit + 1);
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
        Page<Stay> page = Page.of(
                stretch.timeline().stays().stream()
                        .filter(stay -> range.touches(stay.from(), stay.to()))
                        .toList(),
                Stay::from,
                parameters);
        ArrayNode stays = Json.array();
        page.items().forEach(stay -> stays.add(stay(stay, tracker, stretch, places)));
        return Api.page(request, Api.list("stays", stays, page.next()));
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
        Parameters parameters = api.parameters(request);
        HistoryQuery query = bounded(parameters, tracker);
        Range range = new Range(query.from(), query.to());
        Page<Trip> page = Page.of(
                Movements.read(api.store().history(), query).timeline().trips().stream()
                        .filter(trip -> range.touches(trip.from(), trip.to()))
                        .toList(),
                Trip::from,
                parameters);
        ArrayNode trips = Json.array();
        page.items()
                .forEach(trip -> trips.addObject()
                        .put("from", trip.from().toString())
                        .put("to", trip.to().toString())
                        .put("length_m", Math.round(trip.lengthMetres()))
                        .put("reports", trip.reports()));
        return Api.page(request, Api.list("trips", trips, page.next()));
    }

    private Answer gaps(Request request) {
        TrackerView tracker = api.tracker(request);
        Parameters parameters = api.parameters(request);
        int hours = parameters.number("min_gap_hours", 1, 24 * 365).orElse(USUAL_GAP_HOURS);
        Coverage coverage = api.store().history().coverage(parameters.history(tracker.id()), Duration.ofHours(hours));
        Page<Coverage.Gap> page = Page.of(coverage.gaps(), Coverage.Gap::from, parameters);
        ArrayNode gaps = Json.array();
        page.items()
                .forEach(gap -> gaps.addObject()
                        .put("from_time", gap.from().toString())
                        .put("to_time", gap.to().toString())
                        .put("seconds", gap.length().toSeconds()));
        return Api.page(
                request,
                Api.list("gaps", gaps, page.next())
                        .put("reports", coverage.reportCount())
                        .put("hours", coverage.hours())
                        .put("hours_seen", coverage.hoursWithReports())
                        .put("share", coverage.share())
                        .put("days_seen", coverage.daysWithReports())
                        .put("first_time", Json.time(coverage.first()))
                        .put("last_time", Json.time(coverage.last())));
    }
}

package org.trackerreports.server.internal.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.trackerreports.server.route.Answer;
import org.trackerreports.server.route.ProblemException;
import org.trackerreports.server.route.Request;
import org.trackerreports.server.route.Route;
import org.trackerreports.server.route.Scope;
import org.trackerreports.store.place.Area;
import org.trackerreports.store.place.NewPlace;
import org.trackerreports.store.place.Place;
import org.trackerreports.store.place.PlaceOutcome;
import org.trackerreports.store.report.Position;

/** Places: read, added, changed, removed. */
final class PlaceRoutes {

    private static final Set<String> FIELDS = new TreeSet<>(Set.of(
            "name",
            "lat",
            "lon",
            "radius_m",
            "corners",
            "labels",
            "confirm",
            "dwell_seconds",
            "max_lag_seconds",
            "alert"));

    private final Api api;

    PlaceRoutes(Api api) {
        this.api = api;
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", Api.BASE + "/places", Scope.READ, Api.cached(this::list)),
                new Route("POST", Api.BASE + "/places", Scope.PLACES, this::add),
                new Route("PUT", Api.BASE + "/places/{id}", Scope.PLACES, this::change),
                new Route("DELETE", Api.BASE + "/places/{id}", Scope.PLACES, this::remove));
    }

    private Answer list(Request request) {
        List<Place> places = api.places(request);
        if (api.parameters(request)
                .word("format", "json", List.of("json", "geojson"))
                .equals("geojson")) {
            return geoJson(places);
        }
        ArrayNode json = Json.array();
        places.forEach(place -> json.add(json(place)));
        return Answer.json(Api.list("places", json, null));
    }

    /** As {@code tools places import} takes it. */
    private static Answer geoJson(List<Place> places) {
        ObjectNode collection = Json.object().put("type", "FeatureCollection");
        ArrayNode features = collection.putArray("features");
        for (Place place : places) {
            NewPlace content = place.content();
            ObjectNode properties = Json.object().put("name", place.name());
            if (content.area() instanceof Area.Circle circle) {
                properties.put("radius", circle.radius());
            }
            properties.set("labels", Json.labels(content.labels()));
            properties
                    .put("confirm", content.confirm())
                    .put("dwell", content.dwell().toSeconds())
                    .put("max_lag", content.maxLag().toSeconds())
                    .put("alert", content.alert());
            ObjectNode feature = content.area() instanceof Area.Circle circle
                    ? GeoJson.feature(Optional.of(circle.centre()), properties)
                    : GeoJson.feature(Optional.empty(), properties);
            if (content.area() instanceof Area.Polygon polygon) {
                feature.set("geometry", GeoJson.polygon(polygon.corners()));
            }
            features.add(feature.put("id", place.id()));
        }
        return Answer.text(200, "application/geo+json", collection.toString());
    }

    static ObjectNode json(Place place) {
        NewPlace content = place.content();
        ObjectNode json = Json.object().put("id", place.id()).put("name", place.name());
        if (content.area() instanceof Area.Circle circle) {
            json.put("lat", circle.centre().latitude())
                    .put("lon", circle.centre().longitude())
                    .put("radius_m", circle.radius())
                    .putNull("corners");
        } else {
            json.putNull("lat").putNull("lon").putNull("radius_m");
            ArrayNode corners = json.putArray("corners");
            ((Area.Polygon) content.area())
                    .corners()
                    .forEach(corner ->
                            corners.addObject().put("lat", corner.latitude()).put("lon", corner.longitude()));
        }
        json.set("labels", Json.labels(content.labels()));
        return json.put("confirm", content.confirm())
                .put("dwell_seconds", content.dwell().toSeconds())
                .put("max_lag_seconds", content.maxLag().toSeconds())
                .put("alert", content.alert());
    }

    private Answer add(Request request) {
        NewPlace place = read(request);
        return answer(request, api.store().places().add(place), 201);
    }

    private Answer change(Request request) {
        long id = api.place(request).id();
        return answer(request, api.store().places().change(id, read(request)), 200);
    }

    private Answer remove(Request request) {
        if (!api.store().places().remove(api.place(request).id())) {
            throw Api.unknownPlace();
        }
        return Answer.noContent();
    }

    private Answer answer(Request request, PlaceOutcome outcome, int status) {
        return switch (outcome.kind()) {
            case STORED -> {
                long id = ((PlaceOutcome.Stored) outcome).id();
                Place stored = api.places(request).stream()
                        .filter(place -> place.id() == id)
                        .findFirst()
                        .orElseThrow(Api::unknownPlace);
                yield Answer.json(status, json(stored));
            }
            case REFUSED -> throw refused(((PlaceOutcome.Refused) outcome).reason());
            case UNKNOWN -> throw Api.unknownPlace();
        };
    }

    private static ProblemException refused(String reason) {
        return new ProblemException(Answer.problem(422, "Not acceptable as it is", reason + "."));
    }

    /** Whoever sees only some trackers can make places only for these. */
    private static NewPlace read(Request request) {
        ObjectNode json = request.json();
        json.fieldNames().forEachRemaining(name -> {
            if (!FIELDS.contains(name) && !name.equals("id")) {
                throw ProblemException.badRequest(
                        "A place has no " + name + "; expected " + String.join(", ", FIELDS) + ".");
            }
        });
        Map<String, String> labels = new HashMap<>();
        json.path("labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        labels.putAll(request.caller().labels());
        NewPlace place = new NewPlace(
                json.path("name").asText(),
                area(json),
                labels,
                json.path("confirm").asInt(1),
                seconds(json.path("dwell_seconds"), Duration.ZERO),
                seconds(json.path("max_lag_seconds"), org.trackerreports.movement.Place.DEFAULT_MAX_LAG),
                json.path("alert").asBoolean(true));
        try {
            Movements.checked(0, place);
        } catch (IllegalArgumentException e) {
            throw refused(String.valueOf(e.getMessage()));
        }
        return place;
    }

    private static Duration seconds(JsonNode json, Duration fallback) {
        return json.isNumber() ? Duration.ofSeconds(json.asLong()) : fallback;
    }

    private static Area area(ObjectNode json) {
        if (json.path("corners").isArray()) {
            List<Position> corners = new ArrayList<>();
            json.get("corners").forEach(corner -> corners.add(position(corner)));
            return new Area.Polygon(corners);
        }
        if (!json.path("radius_m").isNumber()) {
            throw ProblemException.badRequest("A place needs lat, lon and radius_m, or corners.");
        }
        return new Area.Circle(position(json), json.get("radius_m").asDouble());
    }

    private static Position position(JsonNode json) {
        if (!json.path("lat").isNumber() || !json.path("lon").isNumber()) {
            throw ProblemException.badRequest("lat and lon must be numbers.");
        }
        return new Position(json.get("lat").asDouble(), json.get("lon").asDouble());
    }
}

package org.trackerreports.tools.place;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.trackerreports.core.movement.PlaceAreas;
import org.trackerreports.movement.Place;
import org.trackerreports.store.place.Area;
import org.trackerreports.store.place.NewPlace;
import org.trackerreports.store.report.Position;

/** Reads places from GeoJSON (RFC 7946): points with a radius, and polygons. */
final class PlaceFeatures {

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private PlaceFeatures() {}

    /**
     * What a file contains.
     *
     * @param places all of them if there are no problems
     * @param problems sentences that name the feature and what is wrong with it
     */
    record Found(List<NewPlace> places, List<String> problems) {

        Found {
            places = List.copyOf(places);
            problems = List.copyOf(problems);
        }
    }

    static Found read(byte[] content) throws IOException {
        JsonNode root;
        try {
            root = JSON.readTree(content);
        } catch (JsonProcessingException e) {
            return problem("it is not JSON: " + e.getOriginalMessage()
                    + (e.getLocation() == null
                            ? ""
                            : " (line " + e.getLocation().getLineNr() + ")"));
        }
        String type = root.path("type").asText();
        if (!type.equals("FeatureCollection") || !root.path("features").isArray()) {
            return problem("it is not GeoJSON with places: its type is "
                    + (type.isEmpty() ? "missing" : "'" + type + "'")
                    + "; expected a FeatureCollection with an array of features");
        }
        List<NewPlace> places = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        Map<String, Integer> names = new HashMap<>();
        int number = 0;
        for (JsonNode feature : root.get("features")) {
            number++;
            String name = feature.path("properties").path("name").asText();
            try {
                NewPlace place = place(feature);
                Integer other = names.putIfAbsent(place.name(), number);
                if (other != null) {
                    throw new IllegalArgumentException("feature " + other + " has the same name");
                }
                PlaceAreas.of(0, place);
                places.add(place);
            } catch (IllegalArgumentException e) {
                problems.add("feature " + number + (name.isEmpty() ? "" : " (" + name + ")") + ": " + e.getMessage());
            }
        }
        return new Found(places, problems);
    }

    private static Found problem(String text) {
        return new Found(List.of(), List.of(text));
    }

    private static NewPlace place(JsonNode feature) {
        JsonNode properties = feature.path("properties");
        JsonNode name = properties.path("name");
        require(feature.path("type").asText().equals("Feature"), "it is not a Feature");
        require(name.isTextual(), "it has no name; expected one in properties.name");
        return new NewPlace(
                name.asText(),
                area(feature.path("geometry"), properties.path("radius")),
                labels(properties.path("labels")),
                confirm(properties.path("confirm")),
                length("dwell", properties.path("dwell"), Duration.ZERO),
                length("max_lag", properties.path("max_lag"), Place.DEFAULT_MAX_LAG),
                alert(properties.path("alert")));
    }

    private static Area area(JsonNode geometry, JsonNode radius) {
        String type = geometry.path("type").asText();
        JsonNode coordinates = geometry.path("coordinates");
        return switch (type) {
            case "Point" -> {
                require(radius.isNumber(), "a Point needs its radius in metres, a number in properties.radius");
                yield new Area.Circle(position(coordinates), radius.asDouble());
            }
            case "Polygon" -> {
                require(coordinates.size() <= 1, "the polygon has holes; a place is one outline");
                require(coordinates.size() == 1 && coordinates.get(0).isArray(), "the polygon has no outline");
                List<Position> corners = new ArrayList<>();
                coordinates.get(0).forEach(corner -> corners.add(position(corner)));
                // GeoJSON repeats the first one at the end.
                int last = corners.size() - 1;
                if (last > 0 && corners.get(0).equals(corners.get(last))) {
                    corners.remove(last);
                }
                yield new Area.Polygon(corners);
            }
            default ->
                throw new IllegalArgumentException("its geometry is " + (type.isEmpty() ? "missing" : "a " + type)
                        + "; expected a Point or a Polygon");
        };
    }

    private static Position position(JsonNode pair) {
        require(
                pair.isArray()
                        && pair.size() >= 2
                        && pair.get(0).isNumber()
                        && pair.get(1).isNumber(),
                "a position is not [longitude, latitude]");
        Position position = new Position(pair.get(1).asDouble(), pair.get(0).asDouble());
        if (!position.isOnEarth()) {
            boolean swapped = new Position(pair.get(0).asDouble(), pair.get(1).asDouble()).isOnEarth();
            throw new IllegalArgumentException(
                    swapped
                            ? "a latitude is beyond 90 degrees, so longitude and latitude are probably swapped; GeoJSON has"
                                    + " the longitude first"
                            : "a position is not on earth; expected degrees of WGS 84: longitude -180 to 180, latitude -90"
                                    + " to 90");
        }
        return position;
    }

    private static Map<String, String> labels(JsonNode labels) {
        Map<String, String> read = new HashMap<>();
        require(isLeftOut(labels) || labels.isObject(), "labels is not an object of names and texts");
        labels.properties().forEach(label -> {
            require(label.getValue().isTextual(), "the label " + label.getKey() + " is not a text");
            read.put(label.getKey(), label.getValue().asText());
        });
        return read;
    }

    private static int confirm(JsonNode confirm) {
        require(isLeftOut(confirm) || confirm.canConvertToInt(), "confirm is not a whole number");
        return isLeftOut(confirm) ? 1 : confirm.asInt();
    }

    /** Seconds, or a text such as {@code 10m}. */
    private static Duration length(String name, JsonNode length, Duration unlessGiven) {
        if (isLeftOut(length)) {
            return unlessGiven;
        }
        require(
                length.isTextual() || length.canConvertToLong(),
                name + " is neither seconds nor a text such as \"10m\"");
        try {
            return Lengths.of(length.asText());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    name + " is " + length + "; expected " + e.getMessage() + ", for example \"10m\"", e);
        }
    }

    private static boolean alert(JsonNode alert) {
        require(isLeftOut(alert) || alert.isBoolean(), "alert is neither true nor false");
        return isLeftOut(alert) || alert.asBoolean();
    }

    private static boolean isLeftOut(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}

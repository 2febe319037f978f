package org.trackerreports.tools.map;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedSet;
import org.trackerreports.store.place.Area;
import org.trackerreports.store.place.Place;
import org.trackerreports.store.report.Position;
import org.trackerreports.tools.command.FlagWords;
import org.trackerreports.tools.movement.TrackerStay;

/**
 * Writes the data of the page point by point. Call {@link #begin}, then for each tracker {@link #tracker} and its points by
 * time, then {@link #end}. Not thread-safe.
 */
final class MapData {

    private static final int NO_CITY = -1;

    private final JsonGenerator json;
    private final Map<String, Integer> cities = new LinkedHashMap<>();
    private boolean inTracker;
    private long points;

    MapData(Writer out) throws IOException {
        json = new JsonFactory().createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    }

    /**
     * @param zone the time zone of the page
     * @param gap no line is drawn between points that are further apart in time
     */
    void begin(ZoneId zone, Duration gap, Optional<Tiles> tiles, List<Place> places) throws IOException {
        json.writeStartObject();
        json.writeStringField("zone", zone.getId());
        json.writeNumberField("gap_seconds", gap.toSeconds());
        if (tiles.isPresent()) {
            json.writeObjectFieldStart("tiles");
            json.writeStringField("url", tiles.get().url());
            json.writeStringField("attribution", tiles.get().attribution());
            json.writeEndObject();
        }
        json.writeArrayFieldStart("places");
        for (Place place : places) {
            place(place);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("trackers");
    }

    private void place(Place place) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", place.name());
        json.writeArrayFieldStart("corners");
        if (place.content().area() instanceof Area.Circle circle) {
            position(circle.centre());
            json.writeEndArray();
            json.writeNumberField("radius", circle.radius());
        } else {
            for (Position corner : ((Area.Polygon) place.content().area()).corners()) {
                position(corner);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private void position(Position position) throws IOException {
        json.writeStartArray();
        json.writeNumber(position.latitude());
        json.writeNumber(position.longitude());
        json.writeEndArray();
    }

    void tracker(String name) throws IOException {
        endTracker();
        json.writeStartObject();
        json.writeStringField("name", name);
        json.writeArrayFieldStart("points");
        inTracker = true;
    }

    /** The stays of a tracker, after its points. */
    void stays(List<TrackerStay> stays) throws IOException {
        json.writeEndArray();
        json.writeArrayFieldStart("stays");
        for (TrackerStay stay : stays) {
            json.writeStartArray();
            json.writeNumber(stay.from().getEpochSecond());
            json.writeNumber(stay.to().getEpochSecond());
            json.writeNumber(stay.latitude());
            json.writeNumber(stay.longitude());
            json.writeNumber(stay.stay().certainSeconds());
            json.writeString(stay.place().or(stay::nearestCity).orElse(""));
            json.writeEndArray();
        }
    }

    /**
     * A point of the track.
     *
     * @param flags why it is wrong or uncertain
     */
    void point(
            Instant time,
            Position place,
            OptionalDouble accuracy,
            int confidence,
            Optional<String> city,
            SortedSet<String> flags)
            throws IOException {
        points++;
        json.writeStartArray();
        json.writeNumber(time.getEpochSecond());
        json.writeNumber(place.latitude());
        json.writeNumber(place.longitude());
        if (accuracy.isPresent()) {
            json.writeNumber(Math.round(accuracy.getAsDouble()));
        } else {
            json.writeNull();
        }
        json.writeNumber(confidence);
        json.writeNumber(city.isPresent() ? cities.computeIfAbsent(city.get(), name -> cities.size()) : NO_CITY);
        if (!flags.isEmpty()) {
            json.writeString(String.join(", ", flags));
            json.writeBoolean(!FlagWords.areUncertain(flags));
        }
        json.writeEndArray();
    }

    /** The number of points so far. */
    long points() {
        return points;
    }

    private void endTracker() throws IOException {
        if (inTracker) {
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    void end() throws IOException {
        endTracker();
        json.writeEndArray();
        json.writeArrayFieldStart("cities");
        for (String city : cities.keySet()) {
            json.writeString(city);
        }
        json.writeEndArray();
        json.writeEndObject();
        json.flush();
    }
}

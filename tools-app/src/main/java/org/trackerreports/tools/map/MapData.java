package org.trackerreports.tools.map;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.trackerreports.store.report.Position;

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
    void begin(ZoneId zone, Duration gap, Optional<Tiles> tiles) throws IOException {
        json.writeStartObject();
        json.writeStringField("zone", zone.getId());
        json.writeNumberField("gap_seconds", gap.toSeconds());
        if (tiles.isPresent()) {
            json.writeObjectFieldStart("tiles");
            json.writeStringField("url", tiles.get().url());
            json.writeStringField("attribution", tiles.get().attribution());
            json.writeEndObject();
        }
        json.writeArrayFieldStart("trackers");
    }

    void tracker(String name) throws IOException {
        endTracker();
        json.writeStartObject();
        json.writeStringField("name", name);
        json.writeArrayFieldStart("points");
        inTracker = true;
    }

    void point(Instant time, Position place, OptionalDouble accuracy, int confidence, Optional<String> city)
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

package org.trackerreports.server.internal.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.trackerreports.store.history.LatestPosition;
import org.trackerreports.store.place.Place;
import org.trackerreports.store.view.TrackerView;

/** Trackers as JSON, with the places that they are in. */
public final class TrackerJson {

    private final Movements.Finder places;

    public TrackerJson(List<Place> places) {
        this.places = new Movements.Finder(places);
    }

    public ObjectNode of(TrackerView tracker) {
        ObjectNode json = Json.object().put("id", tracker.id()).put("name", tracker.name());
        json.set("labels", Json.labels(tracker.labels()));
        json.put("enabled", tracker.enabled())
                .put("added_time", tracker.created().toString());
        json.set("position", tracker.position().map(Json::position).orElse(null));
        json.put("battery", tracker.battery().orElse(null))
                .put("heard_time", Json.time(tracker.heard()))
                .put("silent_since", Json.time(tracker.silentSince()));
        List<Place> inside = tracker.position().stream()
                .flatMap(position -> at(tracker, position).stream())
                .toList();
        json.put("place", inside.isEmpty() ? null : inside.get(0).name());
        ArrayNode names = json.putArray("places");
        inside.forEach(place -> names.addObject()
                .put("id", place.id())
                .put("name", place.name())
                .put("alert", place.content().alert()));
        return json;
    }

    private List<Place> at(TrackerView tracker, LatestPosition position) {
        return places.at(tracker.labels(), position.latitude(), position.longitude());
    }
}

package org.trackerreports.tools.movement;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trackerreports.core.movement.PlaceAreas;
import org.trackerreports.movement.Area;
import org.trackerreports.store.place.Place;
import org.trackerreports.store.tracker.Tracker;

/** Finds the place that a position is inside of. Of several, the smallest is the most telling. */
final class PlaceFinder {

    private final List<Known> places;

    PlaceFinder(List<Place> stored) {
        places = stored.stream()
                .map(place -> new Known(
                        place.name(),
                        PlaceAreas.of(place.id(), place.content()).area(),
                        place.content().labels()))
                .sorted(Comparator.comparingDouble(known -> known.area().radiusMetres()))
                .toList();
    }

    private record Known(String name, Area area, Map<String, String> labels) {}

    /** The name of the place of this tracker at a position. */
    Optional<String> at(Tracker tracker, double latitude, double longitude) {
        return places.stream()
                .filter(place ->
                        tracker.labels().entrySet().containsAll(place.labels().entrySet())
                                && place.area().metresOutside(latitude, longitude) <= 0)
                .map(Known::name)
                .findFirst();
    }
}

package org.trackerreports.tools.movement;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.trackerreports.core.movement.PlaceAreas;
import org.trackerreports.movement.Area;
import org.trackerreports.store.place.NewPlace;
import org.trackerreports.store.place.Place;
import org.trackerreports.store.tracker.Tracker;

/** Finds the place that a position is inside of. Of several, the smallest is the most telling. */
final class PlaceFinder {

    private final List<Known> places;

    PlaceFinder(List<Place> stored) {
        places = stored.stream()
                .map(place -> new Known(
                        place.content(),
                        PlaceAreas.of(place.id(), place.content()).area()))
                .sorted(Comparator.comparingDouble(known -> known.area().radiusMetres()))
                .toList();
    }

    private record Known(NewPlace place, Area area) {}

    /** The name of the place of this tracker at a position. */
    Optional<String> at(Tracker tracker, double latitude, double longitude) {
        return places.stream()
                .filter(known ->
                        known.place().isFor(tracker.labels()) && known.area().metresOutside(latitude, longitude) <= 0)
                .map(known -> known.place().name())
                .findFirst();
    }
}

package org.trackerreports.core.movement;

import org.trackerreports.movement.Area;
import org.trackerreports.movement.Circle;
import org.trackerreports.movement.Place;
import org.trackerreports.movement.Polygon;
import org.trackerreports.movement.Vertex;
import org.trackerreports.store.place.NewPlace;

/** Turns stored places into those of the module {@code movement}, which checks them. */
public final class PlaceAreas {

    private PlaceAreas() {}

    /**
     * A place.
     *
     * @throws IllegalArgumentException if its values are out of range; the message says which, and what is expected
     */
    public static Place of(long id, NewPlace place) {
        return new Place(id, place.name(), area(place.area()), place.confirm(), place.dwell(), place.maxLag());
    }

    private static Area area(org.trackerreports.store.place.Area stored) {
        if (stored instanceof org.trackerreports.store.place.Area.Circle circle) {
            return new Circle(circle.centre().latitude(), circle.centre().longitude(), circle.radius());
        }
        return new Polygon(((org.trackerreports.store.place.Area.Polygon) stored)
                .corners().stream()
                        .map(corner -> new Vertex(corner.latitude(), corner.longitude()))
                        .toList());
    }
}

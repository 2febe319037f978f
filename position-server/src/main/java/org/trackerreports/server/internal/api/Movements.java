package org.trackerreports.server.internal.api;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.trackerreports.movement.Area;
import org.trackerreports.movement.Circle;
import org.trackerreports.movement.Finding;
import org.trackerreports.movement.Flag;
import org.trackerreports.movement.Judgement;
import org.trackerreports.movement.Polygon;
import org.trackerreports.movement.Report;
import org.trackerreports.movement.StayFinder;
import org.trackerreports.movement.Timeline;
import org.trackerreports.movement.Vertex;
import org.trackerreports.store.history.History;
import org.trackerreports.store.history.HistoryQuery;
import org.trackerreports.store.place.NewPlace;
import org.trackerreports.store.place.Place;
import org.trackerreports.store.report.Position;
import org.trackerreports.store.report.StoredReport;

/** Maps between the store and the module {@code movement}. */
final class Movements {

    private static final Map<String, Flag> FLAGS =
            Set.of(Flag.values()).stream().collect(Collectors.toMap(Flag::name, flag -> flag));

    private Movements() {}

    /**
     * Stays and trips of a tracker.
     *
     * @param cities those of the reports, by digest
     */
    record Stretch(Timeline timeline, Map<UUID, String> cities) {}

    /** Reads the reports of a range and of a day before, which tells what the first stay belongs to. Of each, only what is needed is kept. */
    static Stretch read(History history, HistoryQuery query) {
        List<Judgement> judgements = new ArrayList<>();
        Map<UUID, String> cities = new HashMap<>();
        Map<String, String> same = new HashMap<>();
        HistoryQuery wider = HistoryQuery.of(query.trackerIds(), query.from().minus(StayFinder.CONTEXT), query.to())
                .withMinimumConfidence(query.minimumConfidence());
        history.forEachReport(wider, report -> {
            judgement(report).ifPresent(judgements::add);
            report.content()
                    .nearestCity()
                    .ifPresent(city -> cities.put(report.digest(), same.computeIfAbsent(city, name -> name)));
        });
        return new Stretch(StayFinder.find(judgements, query.minimumConfidence()), cities);
    }

    /** A report with the flags that it has; empty without a position on earth, or with a flag that no judge gave. */
    private static Optional<Judgement> judgement(StoredReport report) {
        Optional<Position> position = report.content().position().filter(Position::isOnEarth);
        if (position.isEmpty() || !FLAGS.keySet().containsAll(report.content().flags())) {
            return Optional.empty();
        }
        return Optional.of(new Judgement(
                new Report(
                        report.digest(),
                        report.hashedAdvKey(),
                        report.timestamp(),
                        report.receivedAt(),
                        position.get().latitude(),
                        position.get().longitude(),
                        report.content().horizontalAccuracy(),
                        report.content().confidence()),
                report.content().flags().stream()
                        .map(flag -> new Finding(Objects.requireNonNull(FLAGS.get(flag)), Map.of()))
                        .toList()));
    }

    /**
     * The place, with the checks of the module.
     *
     * @throws IllegalArgumentException if its values are out of range; the message says which, and what is expected
     */
    static org.trackerreports.movement.Place checked(long id, NewPlace place) {
        return new org.trackerreports.movement.Place(
                id, place.name(), area(place.area()), place.confirm(), place.dwell(), place.maxLag());
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

    /** Finds the places that positions are inside of. */
    static final class Finder {

        private final List<Known> places;

        private record Known(Place place, Area area) {}

        Finder(List<Place> stored) {
            places = stored.stream()
                    .map(place -> new Known(place, area(place.content().area())))
                    .sorted(Comparator.comparingDouble(known -> known.area().radiusMetres()))
                    .toList();
        }

        /** The places of a tracker with these labels at a position, the smallest first, because it is the most telling. */
        List<Place> at(Map<String, String> labels, double latitude, double longitude) {
            return places.stream()
                    .filter(known -> known.place().content().isFor(labels)
                            && known.area().metresOutside(latitude, longitude) <= 0)
                    .map(Known::place)
                    .toList();
        }
    }
}

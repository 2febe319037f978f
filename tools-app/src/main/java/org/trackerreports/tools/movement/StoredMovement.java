package org.trackerreports.tools.movement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.trackerreports.core.movement.MovementReports;
import org.trackerreports.movement.Judgement;
import org.trackerreports.movement.Stay;
import org.trackerreports.movement.StayFinder;
import org.trackerreports.movement.Timeline;
import org.trackerreports.movement.Trip;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.history.HistoryQuery;
import org.trackerreports.store.tracker.Tracker;
import org.trackerreports.tools.command.TimeRange.Range;

/** Computes stays and trips from stored reports and their flags. Nothing of it is stored, so late reports need no care. */
public final class StoredMovement {

    private final ReportStore store;
    private final int minConfidence;
    private final PlaceFinder places;

    /** @param minConfidence reports below do not count */
    public StoredMovement(ReportStore store, int minConfidence) {
        this.store = store;
        this.minConfidence = minConfidence;
        this.places = new PlaceFinder(store.places().list());
    }

    /** The stays that touch a range of time, in order. */
    public List<TrackerStay> stays(Tracker tracker, Range range) {
        Context context = read(tracker, range);
        return context.timeline().stays().stream()
                .filter(stay -> touches(stay.from(), stay.to(), range))
                .map(stay -> new TrackerStay(
                        stay,
                        places.at(
                                tracker,
                                stay.position().latitude(),
                                stay.position().longitude()),
                        context.city(stay)))
                .toList();
    }

    /** The trips that touch a range of time, in order. */
    public List<Trip> trips(Tracker tracker, Range range) {
        return read(tracker, range).timeline().trips().stream()
                .filter(trip -> touches(trip.from(), trip.to(), range))
                .toList();
    }

    private static boolean touches(Instant from, Instant to, Range range) {
        return from.isBefore(range.to()) && !to.isBefore(range.from());
    }

    private record Context(Timeline timeline, Map<UUID, String> cities) {

        Optional<String> city(Stay stay) {
            return Optional.ofNullable(cities.get(stay.position().digest()));
        }
    }

    /** Of each report only what is needed is kept, so that a long range fits into memory. */
    private Context read(Tracker tracker, Range range) {
        List<Judgement> judgements = new ArrayList<>();
        Map<UUID, String> cities = new HashMap<>();
        Map<String, String> same = new HashMap<>();
        HistoryQuery query = HistoryQuery.of(tracker.id(), range.from().minus(StayFinder.CONTEXT), range.to())
                .withMinimumConfidence(minConfidence);
        store.history().forEachReport(query, report -> {
            judgements.addAll(MovementReports.judgements(List.of(report)));
            report.content()
                    .nearestCity()
                    .ifPresent(city -> cities.put(report.digest(), same.computeIfAbsent(city, name -> name)));
        });
        return new Context(StayFinder.find(judgements, minConfidence), cities);
    }
}

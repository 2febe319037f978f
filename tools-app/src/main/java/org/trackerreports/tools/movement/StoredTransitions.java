package org.trackerreports.tools.movement;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.place.Place;
import org.trackerreports.store.place.TransitionQuery;
import org.trackerreports.store.tracker.Tracker;
import org.trackerreports.tools.command.TimeRange.Range;

/** Reads the transitions of some places. */
public final class StoredTransitions {

    private final ReportStore store;
    private final Map<Long, String> places;

    public StoredTransitions(ReportStore store, List<Place> places) {
        this.store = store;
        this.places = places.stream().collect(Collectors.toMap(Place::id, Place::name));
    }

    /**
     * The transitions of trackers in a range of time, by event time.
     *
     * @param withWithdrawn whether also those that did not happen after all
     */
    public List<NamedTransition> of(List<Tracker> trackers, Range range, boolean withWithdrawn) {
        if (trackers.isEmpty() || places.isEmpty()) {
            return List.of();
        }
        Map<Long, String> names = trackers.stream().collect(Collectors.toMap(Tracker::id, Tracker::name));
        TransitionQuery query =
                new TransitionQuery(names.keySet(), places.keySet(), range.from(), range.to(), withWithdrawn);
        return store.places().transitions(query).stream()
                .map(each -> new NamedTransition(
                        each,
                        Objects.requireNonNull(names.get(each.trackerId())),
                        Objects.requireNonNull(places.get(each.placeId()))))
                .toList();
    }
}

package org.trackerreports.fetcher.deliver;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.trackerreports.core.sink.SinkFile;
import org.trackerreports.store.feed.FeedItem;
import org.trackerreports.store.place.Transition;
import org.trackerreports.store.sink.SinkAlert;
import org.trackerreports.store.sink.Sinks;
import org.trackerreports.store.sink.TransitionPlace;

/**
 * Which transitions a sink is told: only those that are news and still hold when the sink comes to them. At most one for a tracker and a place
 * in some minutes; what happens meanwhile is held back, and then the last state is told. A withdrawal of what was told, and what replaces it, is
 * never held back. Used by one thread.
 */
final class AlertRule {

    /** For longer the store does not know what was told. */
    private static final Duration MEMORY = Duration.ofDays(60);

    private static final String WITHDRAWN = "place.transition_withdrawn";

    private final Sinks store;
    private final SinkFile file;
    private final Clock clock;

    AlertRule(Sinks store, SinkFile file, Clock clock) {
        this.store = store;
        this.file = file;
        this.clock = clock;
    }

    private record TrackerAtPlace(long tracker, long place) {}

    /** Those of the items that the sink is told now. Notes those that it is told later. */
    Map<FeedItem, ToldTransition> told(List<? extends FeedItem> items) {
        List<FeedItem.OfTransition> transitions = items.stream()
                .filter(item -> item.kind() == FeedItem.Kind.TRANSITION)
                .map(FeedItem.OfTransition.class::cast)
                .toList();
        if (transitions.isEmpty()) {
            return Map.of();
        }
        Map<UUID, TransitionPlace> places = store.reading()
                .places(transitions.stream().map(item -> item.transition().id()).toList());
        Memory memory = memory(
                transitions.stream().map(item -> item.transition().trackerId()).collect(Collectors.toSet()));
        Map<FeedItem, ToldTransition> told = new LinkedHashMap<>();
        List<SinkAlert> held = new ArrayList<>();
        Set<UUID> dropped = new HashSet<>();
        for (FeedItem.OfTransition item : transitions) {
            Transition transition = item.transition();
            TransitionPlace place = places.get(transition.id());
            // A later item says how it is today.
            if (place == null || place.revision() != transition.revision()) {
                continue;
            }
            Optional<SinkAlert> known = memory.of(transition.id());
            boolean wasTold = known.flatMap(SinkAlert::toldAt).isPresent();
            if (transition.withdrawn()) {
                if (wasTold && isWanted(WITHDRAWN, transition)) {
                    tell(item, place, memory, told);
                } else if (known.isPresent() && !wasTold) {
                    dropped.add(transition.id());
                }
            } else if (wasTold || isNews(transition, place)) {
                if (wasTold || !memory.toldLately(transition, clock.instant())) {
                    tell(item, place, memory, told);
                } else {
                    held.add(alert(item, Optional.empty()));
                }
            }
        }
        if (!held.isEmpty()) {
            store.alerts().save(file.name(), held);
        }
        if (!dropped.isEmpty()) {
            store.alerts().remove(file.name(), dropped);
        }
        return told;
    }

    private void tell(
            FeedItem.OfTransition item, TransitionPlace place, Memory memory, Map<FeedItem, ToldTransition> told) {
        told.put(item, new ToldTransition(place.placeName(), false));
        memory.note(alert(item, Optional.of(clock.instant())));
    }

    private boolean isNews(Transition transition, TransitionPlace place) {
        return !transition.late()
                && place.alert()
                && isWanted("place." + transition.direction().text(), transition);
    }

    private boolean isWanted(String type, Transition transition) {
        return file.selection().events().contains(type)
                && (type.equals(WITHDRAWN) || file.selection().isFor(type, transition.eventTime(), clock.instant()));
    }

    /** @param toldAt empty while it is held back */
    static SinkAlert alert(FeedItem.OfTransition item, Optional<Instant> toldAt) {
        Transition transition = item.transition();
        return new SinkAlert(
                transition.id(),
                transition.revision(),
                transition.trackerId(),
                transition.placeId(),
                transition.direction(),
                item.place().toString(),
                toldAt);
    }

    /** The transitions that were held back and are told now; the others that are no longer needed are forgotten. */
    Map<FeedItem, ToldTransition> due() {
        List<SinkAlert> held = store.alerts().heldBack(file.name());
        if (held.isEmpty()) {
            return Map.of();
        }
        Memory memory = memory(held.stream().map(SinkAlert::trackerId).collect(Collectors.toSet()));
        Map<UUID, TransitionPlace> places =
                store.reading().places(held.stream().map(SinkAlert::transition).toList());
        Map<TrackerAtPlace, FeedItem.OfTransition> last = new HashMap<>();
        Set<UUID> dropped = held.stream().map(SinkAlert::transition).collect(Collectors.toCollection(HashSet::new));
        for (FeedItem.OfTransition item : store.reading().transitions(held)) {
            Transition transition = item.transition();
            TransitionPlace place = places.get(transition.id());
            if (memory.toldLately(transition, clock.instant())) {
                dropped.remove(transition.id());
            } else if (place != null && place.revision() == transition.revision()) {
                last.merge(
                        new TrackerAtPlace(transition.trackerId(), transition.placeId()),
                        item,
                        (one, other) -> one.transition()
                                        .eventTime()
                                        .isAfter(other.transition().eventTime())
                                ? one
                                : other);
            }
        }
        Map<FeedItem, ToldTransition> told = new LinkedHashMap<>();
        for (FeedItem.OfTransition item : last.values()) {
            Transition transition = item.transition();
            if (memory.lastTold(transition)
                    .filter(alert -> alert.direction() == transition.direction())
                    .isEmpty()) {
                TransitionPlace place = Objects.requireNonNull(places.get(transition.id()));
                told.put(item, new ToldTransition(place.placeName(), true));
                // It is forgotten as held back only when it was delivered.
                dropped.remove(transition.id());
            }
        }
        if (!dropped.isEmpty()) {
            store.alerts().remove(file.name(), dropped);
        }
        return told;
    }

    private Memory memory(Set<Long> trackers) {
        return new Memory(
                store.alerts().of(file.name(), trackers, clock.instant().minus(MEMORY)));
    }

    /** What the sink was told. */
    private final class Memory {

        private final Map<UUID, SinkAlert> alerts = new HashMap<>();

        Memory(List<SinkAlert> stored) {
            stored.forEach(this::note);
        }

        void note(SinkAlert alert) {
            alerts.put(alert.transition(), alert);
        }

        Optional<SinkAlert> of(UUID transition) {
            return Optional.ofNullable(alerts.get(transition));
        }

        /** The last thing that it was told of this tracker at this place, and that it was not told to be wrong. */
        Optional<SinkAlert> lastTold(Transition transition) {
            return alerts.values().stream()
                    .filter(alert -> alert.trackerId() == transition.trackerId()
                            && alert.placeId() == transition.placeId()
                            && alert.toldAt().isPresent()
                            && !alert.isWithdrawn())
                    .max(Comparator.comparing(alert -> alert.toldAt().orElseThrow()));
        }

        boolean toldLately(Transition transition, Instant now) {
            return lastTold(transition)
                    .flatMap(SinkAlert::toldAt)
                    .filter(time -> time.plus(file.selection().alertGap()).isAfter(now))
                    .isPresent();
        }
    }
}

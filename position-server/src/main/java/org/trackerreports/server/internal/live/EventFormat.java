package org.trackerreports.server.internal.live;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.trackerreports.server.internal.api.Json;
import org.trackerreports.server.internal.api.TrackerJson;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.feed.FeedItem;
import org.trackerreports.store.feed.TrackerEvent;
import org.trackerreports.store.place.Place;
import org.trackerreports.store.place.Transition;
import org.trackerreports.store.report.StoredReport;
import org.trackerreports.store.view.TrackerView;

/** Makes events from items of the feed. Used by one thread. */
final class EventFormat {

    private static final int MOST_KNOWN = 10_000;

    private final ReportStore store;
    private final Map<Long, Known> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Known> eldest) {
            return size() > MOST_KNOWN;
        }
    };

    private record Known(String name, Map<String, String> labels) {

        static Known of(TrackerView tracker) {
            return new Known(tracker.name(), tracker.labels());
        }
    }

    EventFormat(ReportStore store) {
        this.store = store;
    }

    /** The events, in order. What belongs to no tracker is left out. */
    List<LiveEvent> events(List<FeedItem> items) {
        Map<Long, TrackerView> loaded = load(items);
        boolean changes = items.stream().anyMatch(item -> item.kind() != FeedItem.Kind.REPORT);
        List<Place> places = changes ? store.places().list() : List.of();
        List<LiveEvent> events = new ArrayList<>(items.size());
        for (FeedItem item : items) {
            switch (item.kind()) {
                case REPORT -> report((FeedItem.OfReport) item).ifPresent(events::add);
                case TRANSITION ->
                    transition((FeedItem.OfTransition) item, places).ifPresent(events::add);
                case TRACKER -> events.add(tracker((FeedItem.OfTracker) item, loaded, places));
                case EVENT -> event((FeedItem.OfEvent) item).ifPresent(events::add);
            }
        }
        return events;
    }

    /** Reads the trackers that changed, and those that are not known. */
    private Map<Long, TrackerView> load(Collection<FeedItem> items) {
        Set<Long> wanted = new TreeSet<>();
        for (FeedItem item : items) {
            trackerOf(item)
                    .filter(id -> item.kind() == FeedItem.Kind.TRACKER || !known.containsKey(id))
                    .ifPresent(wanted::add);
        }
        if (wanted.isEmpty()) {
            return Map.of();
        }
        Map<Long, TrackerView> loaded =
                store.views().findAll(wanted).stream().collect(Collectors.toMap(TrackerView::id, each -> each));
        Set<Long> changed = items.stream()
                .filter(item -> item.kind() == FeedItem.Kind.TRACKER)
                .map(item -> ((FeedItem.OfTracker) item).trackerId())
                .collect(Collectors.toSet());
        // What was known of a tracker that changed is still needed.
        loaded.forEach((id, tracker) -> {
            if (!changed.contains(id)) {
                known.put(id, Known.of(tracker));
            }
        });
        return loaded;
    }

    private static Optional<Long> trackerOf(FeedItem item) {
        return switch (item.kind()) {
            case REPORT ->
                ((FeedItem.OfReport) item).report().trackerId().stream().boxed().findFirst();
            case TRANSITION ->
                Optional.of(((FeedItem.OfTransition) item).transition().trackerId());
            case TRACKER -> Optional.of(((FeedItem.OfTracker) item).trackerId());
            case EVENT -> Optional.of(((FeedItem.OfEvent) item).event().trackerId());
        };
    }

    private Optional<LiveEvent> report(FeedItem.OfReport item) {
        StoredReport report = item.report();
        Known tracker =
                report.trackerId().isPresent() ? known.get(report.trackerId().getAsLong()) : null;
        if (tracker == null) {
            return Optional.empty();
        }
        ObjectNode data = about(tracker, report.trackerId().getAsLong())
                .put("id", Json.digest(report))
                .put("position", item.place().toString())
                .put("event_time", report.timestamp().toString())
                .put("received_time", report.receivedAt().toString())
                .put(
                        "lag_seconds",
                        Duration.between(report.timestamp(), report.receivedAt())
                                .toSeconds());
        Json.content(data, report.content());
        return Optional.of(LiveEvent.of(
                item.place(),
                LiveEvent.Type.POSITION,
                tracker.labels(),
                envelope(
                        item.revised() ? "report.revised" : "report.stored",
                        report.timestamp().toString(),
                        data)));
    }

    private Optional<LiveEvent> transition(FeedItem.OfTransition item, List<Place> places) {
        Transition transition = item.transition();
        Known tracker = known.get(transition.trackerId());
        if (tracker == null) {
            return Optional.empty();
        }
        String place = places.stream()
                .filter(each -> each.id() == transition.placeId())
                .map(Place::name)
                .findFirst()
                .orElse(null);
        ObjectNode data = Json.transition(about(tracker, transition.trackerId()), transition, place);
        String type = transition.withdrawn()
                ? "place.transition_withdrawn"
                : "place." + transition.direction().text();
        return Optional.of(LiveEvent.of(
                item.place(),
                LiveEvent.Type.TRANSITION,
                tracker.labels(),
                envelope(type, transition.eventTime().toString(), data)));
    }

    private Optional<LiveEvent> event(FeedItem.OfEvent item) {
        TrackerEvent event = item.event();
        Known tracker = known.get(event.trackerId());
        if (tracker == null) {
            return Optional.empty();
        }
        ObjectNode data = about(tracker, event.trackerId())
                .put("id", event.id().toString())
                .put("event_time", event.time().toString())
                .put("recorded_time", event.recordedAt().toString());
        event.data().forEach(data::put);
        return Optional.of(LiveEvent.of(
                item.place(),
                LiveEvent.Type.TRACKER,
                tracker.labels(),
                envelope(event.type().text(), event.time().toString(), data)));
    }

    /** A stream that no longer sees a tracker is told that it is gone, and one that may have seen it is told to load everything again. */
    private LiveEvent tracker(FeedItem.OfTracker item, Map<Long, TrackerView> loaded, List<Place> places) {
        long id = item.trackerId();
        Optional<Known> former = Optional.ofNullable(known.remove(id));
        Optional<TrackerView> now = Optional.ofNullable(loaded.get(id));
        now.ifPresent(tracker -> known.put(id, Known.of(tracker)));
        Optional<ByteBuffer> changed = now.map(tracker -> LiveEvent.text(
                item.place(),
                LiveEvent.Type.TRACKER,
                envelope("tracker.changed", null, new TrackerJson(places).of(tracker))));
        ByteBuffer removed = LiveEvent.text(
                item.place(),
                LiveEvent.Type.TRACKER,
                envelope("tracker.removed", null, Json.object().put("id", id)));
        ByteBuffer reset = LiveEvent.reset(item.place());
        return new LiveEvent(item.place(), LiveEvent.Type.TRACKER, wanted -> {
            if (now.isPresent() && sees(wanted, now.get().labels())) {
                return changed;
            }
            if (wanted.isEmpty()
                    || former.isPresent() && sees(wanted, former.get().labels())) {
                return Optional.of(removed);
            }
            return former.isPresent() ? Optional.empty() : Optional.of(reset);
        });
    }

    private static boolean sees(Map<String, String> wanted, Map<String, String> labels) {
        return labels.entrySet().containsAll(wanted.entrySet());
    }

    private static ObjectNode about(Known tracker, long id) {
        ObjectNode data = Json.object().put("tracker", tracker.name()).put("tracker_id", id);
        data.set("labels", Json.labels(tracker.labels()));
        return data;
    }

    private static ObjectNode envelope(String type, @Nullable String timestamp, ObjectNode data) {
        ObjectNode json = Json.object().put("type", type).put("timestamp", timestamp);
        json.set("data", data);
        return json;
    }
}

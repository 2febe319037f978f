package org.trackerreports.fetcher.deliver;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.trackerreports.core.movement.MovementJudge;
import org.trackerreports.core.sink.SinkFile;
import org.trackerreports.sinks.SightedTracker;
import org.trackerreports.sinks.SightingEvent;
import org.trackerreports.sinks.SightingEvent.TrackerCondition.Condition;
import org.trackerreports.store.feed.FeedItem;
import org.trackerreports.store.feed.FeedPlace;
import org.trackerreports.store.feed.TrackerEvent;
import org.trackerreports.store.place.Transition;
import org.trackerreports.store.report.Position;
import org.trackerreports.store.report.StoredReport;
import org.trackerreports.store.sink.SinkAlert;
import org.trackerreports.store.sink.SinkFailure;
import org.trackerreports.store.sink.SinkFailure.Subject;

/** Turns items of the feed into events, and leaves out what a sink is not for. Used by one thread. */
final class EventMapper {

    private final SinkFile file;
    private final KnownTrackers trackers;
    private final WithheldReports withheld;
    private final Clock clock;
    private final MovementJudge judge = new MovementJudge();

    EventMapper(SinkFile file, KnownTrackers trackers, WithheldReports withheld, Clock clock) {
        this.file = file;
        this.trackers = trackers;
        this.withheld = withheld;
        this.clock = clock;
    }

    /**
     * The events of items, in their order.
     *
     * @param told the transitions that the sink is told, by item
     */
    List<Pending> events(List<? extends FeedItem> items, Map<FeedItem, ToldTransition> told) {
        load(items);
        withheld.load(items);
        List<Pending> events = new ArrayList<>();
        for (FeedItem item : items) {
            switch (item.kind()) {
                case REPORT -> report((FeedItem.OfReport) item).ifPresent(events::add);
                case TRANSITION ->
                    Optional.ofNullable(told.get(item))
                            .flatMap(each -> transition((FeedItem.OfTransition) item, each))
                            .ifPresent(events::add);
                case TRACKER -> change((FeedItem.OfTracker) item).ifPresent(events::add);
                case EVENT -> condition((FeedItem.OfEvent) item).ifPresent(events::add);
            }
        }
        withheld.save();
        return events;
    }

    private void load(List<? extends FeedItem> items) {
        Set<Long> ids = new HashSet<>();
        Set<Long> changed = new HashSet<>();
        for (FeedItem item : items) {
            switch (item.kind()) {
                case REPORT -> ((FeedItem.OfReport) item).report().trackerId().ifPresent(ids::add);
                case TRANSITION ->
                    ids.add(((FeedItem.OfTransition) item).transition().trackerId());
                case TRACKER -> changed.add(((FeedItem.OfTracker) item).trackerId());
                case EVENT -> ids.add(((FeedItem.OfEvent) item).event().trackerId());
            }
        }
        ids.addAll(changed);
        trackers.load(ids, changed);
    }

    private Optional<SightedTracker> selected(long id) {
        return trackers.find(id).filter(tracker -> file.selection().isFor(tracker.labels()));
    }

    private static Optional<FeedPlace> inFeed(FeedPlace place) {
        return place.equals(FeedPlace.BEGINNING) ? Optional.empty() : Optional.of(place);
    }

    private static String text(FeedPlace place) {
        return inFeed(place).map(FeedPlace::toString).orElse("");
    }

    private Optional<Pending> report(FeedItem.OfReport item) {
        StoredReport report = item.report();
        Optional<Position> position = report.content().position();
        OptionalLong id = report.trackerId();
        Optional<SightedTracker> tracker = id.isPresent() ? selected(id.getAsLong()) : Optional.empty();
        if (position.filter(Position::isOnEarth).isEmpty()
                || tracker.isEmpty()
                || withheld.isOld(item)
                || !file.selection().isFor(report, item.revised(), clock.instant())) {
            return Optional.empty();
        }
        String digest = report.digest().toString().replace("-", "");
        SightingEvent event = new SightingEvent.Report(
                "rep_" + digest + "_" + item.batch(),
                text(item.place()),
                tracker.get(),
                item.revised(),
                report.timestamp(),
                report.receivedAt(),
                position.get().latitude(),
                position.get().longitude(),
                report.content().horizontalAccuracy(),
                report.content().confidence(),
                judge.battery(report),
                List.copyOf(report.content().flags()),
                !report.content().wrongFlags().isEmpty(),
                report.content().nearestCity());
        Subject subject = new Subject(
                SinkFailure.Kind.REPORT,
                id.getAsLong(),
                report.timestamp(),
                report.digest(),
                item.revised() ? -item.batch() : item.batch());
        return Optional.of(new Pending(
                event, inFeed(item.place()), Optional.of(subject), Optional.empty(), withheld.withheld(item)));
    }

    private Optional<Pending> transition(FeedItem.OfTransition item, ToldTransition told) {
        Transition transition = item.transition();
        Optional<SightedTracker> tracker = selected(transition.trackerId());
        if (tracker.isEmpty()) {
            return Optional.empty();
        }
        SightingEvent event = new SightingEvent.PlaceTransition(
                "trn_" + transition.id() + "_" + transition.revision(),
                text(item.place()),
                tracker.get(),
                transition.id(),
                transition.revision(),
                told.placeName(),
                transition.placeId(),
                transition.direction() == Transition.Direction.ENTERED,
                transition.eventTime(),
                transition.decidedTime(),
                transition.recordedAt(),
                transition.withdrawn());
        Subject subject = new Subject(
                SinkFailure.Kind.TRANSITION,
                transition.trackerId(),
                transition.eventTime(),
                transition.id(),
                transition.revision());
        SinkAlert alert = AlertRule.alert(item, Optional.of(clock.instant()));
        return Optional.of(new Pending(
                event,
                told.heldBefore() ? Optional.empty() : inFeed(item.place()),
                Optional.of(subject),
                Optional.of(alert),
                Optional.empty()));
    }

    private Optional<Pending> change(FeedItem.OfTracker item) {
        if (!file.type().keepsTrackers()) {
            return Optional.empty();
        }
        Optional<SightedTracker> tracker = selected(item.trackerId());
        SightingEvent event = new SightingEvent.TrackerChange(
                "trk_" + item.trackerId() + "_" + item.place(),
                text(item.place()),
                tracker.orElseGet(() -> trackers.find(item.trackerId())
                        .orElseGet(() -> new SightedTracker(item.trackerId(), "", Map.of()))),
                tracker.isEmpty(),
                clock.instant());
        return Optional.of(
                new Pending(event, inFeed(item.place()), Optional.empty(), Optional.empty(), Optional.empty()));
    }

    private Optional<Pending> condition(FeedItem.OfEvent item) {
        TrackerEvent noted = item.event();
        Optional<SightedTracker> tracker = selected(noted.trackerId());
        if (tracker.isEmpty() || !file.selection().isFor(noted.type().text(), noted.time(), clock.instant())) {
            return Optional.empty();
        }
        SightingEvent event = new SightingEvent.TrackerCondition(
                "evt_" + noted.id(),
                text(item.place()),
                tracker.get(),
                switch (noted.type()) {
                    case SILENT -> Condition.SILENT;
                    case HEARD_AGAIN -> Condition.HEARD_AGAIN;
                    case BATTERY_CHANGED -> Condition.BATTERY_CHANGED;
                },
                noted.time(),
                noted.recordedAt(),
                noted.data());
        Subject subject = new Subject(SinkFailure.Kind.EVENT, noted.trackerId(), noted.time(), noted.id(), 0);
        return Optional.of(
                new Pending(event, inFeed(item.place()), Optional.of(subject), Optional.empty(), Optional.empty()));
    }
}

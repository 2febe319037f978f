package org.trackerreports.fetcher.deliver;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.core.sink.SinkFile;
import org.trackerreports.core.time.Times;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.feed.Feed;
import org.trackerreports.store.feed.FeedItem;
import org.trackerreports.store.feed.FeedPlace;
import org.trackerreports.store.feed.FeedReading;
import org.trackerreports.store.report.StoredReport;
import org.trackerreports.store.sink.SinkFailure;
import org.trackerreports.store.sink.SinkReplay;
import org.trackerreports.store.sink.SinkState;
import org.trackerreports.store.sink.Sinks;

/** Reads what is next for a sink. Used by one thread. */
final class SinkReader {

    private static final Logger LOG = LoggerFactory.getLogger(SinkReader.class);

    /** An answer can have waited on disk before it was stored. */
    private static final Duration LATEST_STORING = Duration.ofDays(1);

    private static final Duration ALERTS_PERIOD = Duration.ofSeconds(5);

    private final SinkFile file;
    private final Feed feed;
    private final Sinks sinks;
    private final DeliverSettings settings;
    private final Clock clock;
    private final EventMapper mapper;
    private final AlertRule alerts;
    private Instant nextAlerts = Instant.MIN;
    private boolean replayIsNext;

    SinkReader(SinkFile file, ReportStore store, DeliverSettings settings, Clock clock) {
        this.file = file;
        this.feed = store.feed();
        this.sinks = store.sinks();
        this.settings = settings;
        this.clock = clock;
        this.mapper = new EventMapper(
                file, new KnownTrackers(sinks.reading(), clock), new WithheldReports(file, sinks.withheld()), clock);
        this.alerts = new AlertRule(store.sinks(), file, clock);
    }

    /**
     * What is next: alerts that were held back, refused events that a person lets be sent again, and then in turn the feed and a replay, so that
     * a long replay does not hold up what is new.
     *
     * @param after where the feed was read up to
     */
    Optional<Batch> next(SinkState state, FeedPlace after) {
        Optional<Batch> batch = heldBack().or(this::refusedBefore);
        if (batch.isPresent()) {
            return batch;
        }
        replayIsNext = !replayIsNext;
        return replayIsNext
                ? replay(state).or(() -> feed(state, after))
                : feed(state, after).or(() -> replay(state));
    }

    private Optional<Batch> heldBack() {
        if (clock.instant().isBefore(nextAlerts)) {
            return Optional.empty();
        }
        nextAlerts = clock.instant().plus(ALERTS_PERIOD);
        Map<FeedItem, ToldTransition> due = alerts.due();
        return due.isEmpty()
                ? Optional.empty()
                : Optional.of(new Batch(Batch.Source.heldBack(), mapper.events(List.copyOf(due.keySet()), due)));
    }

    private Optional<Batch> refusedBefore() {
        Map<SinkFailure, FeedItem> retries = sinks.failures().next(file.name(), settings.events());
        if (retries.isEmpty()) {
            return Optional.empty();
        }
        List<FeedItem> items = List.copyOf(retries.values());
        List<Pending> events = mapper.events(items, alerts.told(items));
        List<String> ids = events.stream().map(each -> each.event().id()).toList();
        List<String> others = retries.keySet().stream()
                .map(SinkFailure::event)
                .filter(id -> !ids.contains(id))
                .toList();
        if (!others.isEmpty()) {
            // The sink is no longer for them, or they are no news any more.
            sinks.failures().remove(file.name(), others);
        }
        return Optional.of(new Batch(Batch.Source.refusals(), events));
    }

    private Optional<Batch> replay(SinkState state) {
        if (state.replay().isEmpty()) {
            return Optional.empty();
        }
        SinkReplay replay = state.replay().get();
        List<FeedItem.OfReport> items = sinks.reading().next(replay, settings.events());
        if (items.isEmpty()) {
            sinks.replay(file.name(), Optional.empty());
            LOG.info("Sink {}: the replay is complete.", file.name());
            return Optional.empty();
        }
        StoredReport last = items.get(items.size() - 1).report();
        return Optional.of(new Batch(
                Batch.Source.replay(replay.after(last.timestamp(), last.digest())), mapper.events(items, Map.of())));
    }

    private Optional<Batch> feed(SinkState state, FeedPlace after) {
        FeedReading reading =
                settings.unjudged() ? feed.readUnjudged(after, settings.events()) : feed.read(after, settings.events());
        return switch (reading.kind()) {
            case ITEMS -> {
                FeedReading.Items found = (FeedReading.Items) reading;
                yield found.next().equals(after)
                        ? Optional.empty()
                        : Optional.of(new Batch(
                                Batch.Source.feed(found.next(), noticed(found.items())),
                                mapper.events(found.items(), alerts.told(found.items()))));
            }
            case TOO_FAR_BEHIND -> Optional.of(tooFarBehind(state, ((FeedReading.TooFarBehind) reading).oldest()));
        };
    }

    /** The feed has lost some of it, so the reports are read themselves, besides what the feed has. */
    private Batch tooFarBehind(SinkState state, FeedPlace oldest) {
        if (state.doneUntil().isPresent()) {
            Instant received = state.doneUntil().get().minus(LATEST_STORING);
            Instant from = received.minus(settings.maxReportAge());
            sinks.replay(
                    file.name(),
                    Optional.of(state.replay()
                            .map(former -> new SinkReplay(
                                    Times.min(former.from(), from),
                                    Times.min(former.receivedFrom(), received),
                                    Optional.empty(),
                                    Optional.empty()))
                            .orElseGet(() -> new SinkReplay(from, received, Optional.empty(), Optional.empty()))));
            LOG.warn(
                    "Sink {} is further behind than the feed reaches. It gets the reports of that time by a replay, but no"
                            + " transitions and events.",
                    file.name());
        }
        return new Batch(Batch.Source.feed(oldest, Optional.empty()), List.of());
    }

    /** When the last of the items that say so was stored. */
    private static Optional<Instant> noticed(List<FeedItem> items) {
        List<Instant> times = new ArrayList<>();
        for (FeedItem item : items) {
            switch (item.kind()) {
                case REPORT -> times.add(((FeedItem.OfReport) item).report().receivedAt());
                case TRANSITION ->
                    times.add(((FeedItem.OfTransition) item).transition().recordedAt());
                case EVENT -> times.add(((FeedItem.OfEvent) item).event().recordedAt());
                case TRACKER -> {
                    // It has no time.
                }
            }
        }
        return times.isEmpty() ? Optional.empty() : Optional.of(times.get(times.size() - 1));
    }
}

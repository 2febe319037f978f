package org.trackerreports.fetcher.deliver;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.core.sink.SinkFile;
import org.trackerreports.core.time.Times;
import org.trackerreports.sinks.Delivery;
import org.trackerreports.sinks.Sink;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.feed.Feed;
import org.trackerreports.store.feed.FeedPlace;
import org.trackerreports.store.sink.SinkState;
import org.trackerreports.store.sink.Sinks;

/**
 * Brings events from the feed to one sink. Any number of instances may try; the claim of the sink's cursor lets one work at a time, and its
 * fence keeps one that was passed by from moving it. No transaction is open while the sink is told. {@link #turn} and {@link #release} are for
 * one thread; {@link #keepClaim} may be called from another one.
 */
final class SinkPump {

    /** How soon a sink that cannot work now is looked at again: somebody may have resumed it. */
    static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(SinkPump.class);

    private final SinkFile file;
    private final String consumer;
    private final Feed feed;
    private final Sinks sinks;
    private final DeliverSettings settings;
    private final Clock clock;
    private final SinkReader reader;
    private final DeliveryRecorder recorder;
    private volatile Optional<Sink> sink = Optional.empty();
    private volatile boolean claimed;
    private volatile boolean interrupted;
    private Optional<FeedPlace> cursor = Optional.empty();
    private Optional<Batch> batch = Optional.empty();
    private Instant refusedUntil = Instant.MIN;
    private boolean registered;

    SinkPump(SinkFile file, ReportStore store, DeliverSettings settings, Clock clock, RandomGenerator random) {
        this.file = file;
        this.consumer = Sinks.consumer(file.name());
        this.feed = store.feed();
        this.sinks = store.sinks();
        this.settings = settings;
        this.clock = clock;
        this.reader = new SinkReader(file, store, settings, clock);
        this.recorder = new DeliveryRecorder(file.name(), store.sinks(), clock, random);
    }

    SinkFile file() {
        return file;
    }

    /**
     * Does what can be done now.
     *
     * @return how long to pause; zero if there may be more to do at once
     */
    Duration turn() {
        Optional<SinkState> known = state();
        if (known.isEmpty()) {
            release();
            return LOOK_AGAIN;
        }
        SinkState state = known.get();
        if (state.paused() || state.condition() == SinkState.Condition.OFF) {
            release();
            return LOOK_AGAIN;
        }
        if (!claim() || interrupted) {
            return LOOK_AGAIN;
        }
        Instant until = Times.max(state.waitUntil().orElse(Instant.MIN), refusedUntil);
        if (until.isAfter(clock.instant())) {
            return Times.min(Times.until(until, clock.instant()), LOOK_AGAIN);
        }
        if (batch.isEmpty()) {
            batch = reader.next(state, cursor.orElseThrow());
        }
        if (batch.isEmpty()) {
            return idle(state);
        }
        return deliver(state, batch.get());
    }

    /** Empty if a person has removed the sink since this began. */
    private Optional<SinkState> state() {
        Optional<SinkState> known = sinks.find(file.name());
        if (known.isPresent() || registered) {
            registered = true;
            return known;
        }
        sinks.register(file.name(), file.type().name().toLowerCase(Locale.ROOT));
        if (!file.fromBeginning()) {
            sinks.working(file.name(), 0, Optional.of(clock.instant()));
        }
        registered = true;
        return sinks.find(file.name());
    }

    private boolean claim() {
        Optional<FeedPlace> place = feed.claim(
                consumer,
                settings.instance(),
                settings.claim(),
                cursor.isPresent() || file.fromBeginning() ? FeedPlace.BEGINNING : feed.end());
        if (!place.equals(cursor) || !claimed) {
            // Somebody else worked for it, or set it back.
            batch = Optional.empty();
            if (!claimed) {
                closeSink();
            }
        }
        cursor = place;
        claimed = place.isPresent();
        if (!claimed) {
            closeSink();
        } else if (sink.isEmpty()) {
            sink = Optional.of(file.target().open(new StoredPublished(sinks.positions(), file.name()), clock));
        }
        return claimed;
    }

    /** Extends the claim while a delivery takes long. If it is lost, the delivery is ended. */
    void keepClaim() {
        if (claimed
                && feed.claim(consumer, settings.instance(), settings.claim(), FeedPlace.BEGINNING)
                        .isEmpty()) {
            claimed = false;
            LOG.warn("Sink {}: another process took over, because this one was stopped for a while.", file.name());
            closeSink();
        }
    }

    private Duration idle(SinkState state) {
        Delivery delivery = sink.orElseThrow().deliver(List.of());
        if (interrupted) {
            return LOOK_AGAIN;
        }
        if (delivery instanceof Delivery.TryLater later) {
            return Times.min(recorder.tryLater(state, later, 0), LOOK_AGAIN);
        }
        if (state.condition() != SinkState.Condition.WORKING) {
            recorder.works(state, 0, Optional.empty());
        }
        return LOOK_AGAIN;
    }

    private Duration deliver(SinkState state, Batch current) {
        Delivery delivery =
                current.isDone() ? new Delivery.Done() : sink.orElseThrow().deliver(current.events());
        return switch (delivery.kind()) {
            case DONE -> {
                Set<String> all = new HashSet<>();
                current.events().forEach(event -> all.add(event.id()));
                int delivered = recorder.delivered(current, all);
                recorder.works(state, delivered, current.source().doneUntil());
                move(current);
                yield Duration.ZERO;
            }
            case TRY_LATER -> tryLater(state, current, (Delivery.TryLater) delivery);
            case REFUSED -> {
                Duration wait = recorder.refused(state, current, (Delivery.Refused) delivery);
                move(current);
                refusedUntil = clock.instant().plus(wait);
                yield wait;
            }
            case SWITCHED_OFF -> {
                recorder.switchedOff(current, (Delivery.SwitchedOff) delivery);
                move(current);
                release();
                yield LOOK_AGAIN;
            }
        };
    }

    private Duration tryLater(SinkState state, Batch current, Delivery.TryLater later) {
        int delivered = recorder.delivered(current, later.delivered());
        move(current);
        if (!interrupted) {
            return Times.min(recorder.tryLater(state, later, delivered), LOOK_AGAIN);
        }
        // That this process ends says nothing of the sink.
        if (delivered > 0) {
            recorder.works(state, delivered, Optional.empty());
        }
        return LOOK_AGAIN;
    }

    /** Moves the cursor, or the replay, up to where everything is done. */
    private void move(Batch current) {
        Optional<FeedPlace> to = current.doneUpTo();
        if (to.isPresent()) {
            if (feed.advance(consumer, settings.instance(), cursor.orElseThrow(), to.get())) {
                cursor = to;
            } else {
                cursor = Optional.empty();
                batch = Optional.empty();
                return;
            }
        }
        if (current.isDone()) {
            current.source().replay().ifPresent(recorder::replayed);
            batch = Optional.empty();
        }
    }

    /** Lets another instance work for the sink. */
    void release() {
        closeSink();
        batch = Optional.empty();
        cursor = Optional.empty();
        if (claimed) {
            claimed = false;
            feed.release(consumer, settings.instance());
        }
    }

    private void closeSink() {
        sink.ifPresent(Sink::close);
        sink = Optional.empty();
    }

    /** Ends a delivery that runs, at once and for good. */
    void interrupt() {
        interrupted = true;
        sink.ifPresent(Sink::close);
    }
}

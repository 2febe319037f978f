package org.trackerreports.fetcher.deliver;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.core.time.Times;
import org.trackerreports.sinks.Delivery;
import org.trackerreports.sinks.Delivery.Refusal;
import org.trackerreports.store.feed.FeedPlace;
import org.trackerreports.store.sink.SinkAlert;
import org.trackerreports.store.sink.SinkFailure;
import org.trackerreports.store.sink.SinkReplay;
import org.trackerreports.store.sink.SinkState;
import org.trackerreports.store.sink.Sinks;

/** Notes in the database what became of deliveries to one sink, and decides when it is tried again. Used by one thread. */
final class DeliveryRecorder {

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryRecorder.class);

    private final String sink;
    private final Sinks sinks;
    private final Clock clock;
    private final RetryWaits waits;

    DeliveryRecorder(String sink, Sinks sinks, Clock clock, RandomGenerator random) {
        this.sink = sink;
        this.sinks = sinks;
        this.clock = clock;
        this.waits = new RetryWaits(random);
    }

    /** Notes what is delivered, and returns how many events that are. */
    int delivered(Batch batch, Set<String> ids) {
        List<Pending> finished = batch.finish(ids);
        List<SinkAlert> told = new ArrayList<>();
        finished.forEach(each -> each.alert().ifPresent(told::add));
        if (!told.isEmpty()) {
            sinks.alerts().save(sink, told);
        }
        sinks.withheld()
                .remove(
                        sink,
                        finished.stream()
                                .flatMap(each -> each.withheld().stream())
                                .toList());
        if (batch.source().refusedBefore() && !finished.isEmpty()) {
            sinks.failures()
                    .remove(
                            sink,
                            finished.stream().map(each -> each.event().id()).toList());
        }
        return finished.size();
    }

    /** Notes that the sink works. */
    void works(SinkState state, int delivered, Optional<Instant> doneUntil) {
        if (state.condition() != SinkState.Condition.WORKING) {
            LOG.info("Sink {} works again.", sink);
        }
        sinks.working(sink, delivered, doneUntil);
    }

    /** Notes that the sink cannot be told now, and returns how long to leave it alone. */
    Duration tryLater(SinkState state, Delivery.TryLater later, int delivered) {
        int attempts = delivered > 0 ? 1 : state.attempts() + 1;
        Duration wait = waits.unreachable(attempts, later.retryAfter());
        Instant until = clock.instant().plus(wait);
        SinkState.Condition condition =
                later.credentials() ? SinkState.Condition.CREDENTIALS : SinkState.Condition.WAITING;
        sinks.waiting(sink, condition, attempts, until, later.reason(), delivered);
        if (state.condition() == SinkState.Condition.WORKING) {
            LOG.warn(
                    "Sink {} {}: {}. Nothing is lost; it is tried again at {}.",
                    sink,
                    later.credentials() ? "refuses the credentials" : "cannot be told",
                    later.reason(),
                    Times.text(until));
        } else {
            LOG.debug("Sink {} cannot be told: {}. Attempt {}.", sink, later.reason(), attempts);
        }
        return wait;
    }

    /** Notes that the sink wants nothing any more. */
    void switchedOff(Batch batch, Delivery.SwitchedOff off) {
        sinks.switchedOff(sink, off.reason(), delivered(batch, off.delivered()));
        LOG.warn(
                "Sink {} wants nothing any more ({}). To go on: findmy tools sinks resume {}",
                sink,
                off.reason(),
                sink);
    }

    /** Notes events that were refused too often, and returns how long to leave the others alone; zero if there are none. */
    Duration refused(SinkState state, Batch batch, Delivery.Refused refused) {
        int delivered = delivered(batch, refused.delivered());
        Map<String, Pending> left = new HashMap<>();
        batch.left().forEach(each -> left.put(each.event().id(), each));
        List<SinkFailure> failures = new ArrayList<>();
        Set<String> givenUp = new HashSet<>();
        Duration wait = Duration.ZERO;
        for (Refusal refusal : refused.refusals()) {
            Optional<Duration> again = RetryWaits.refused(batch.refused(refusal.event()));
            if (again.isPresent()) {
                wait = Times.max(wait, again.get());
            } else {
                givenUp.add(refusal.event());
                Optional.ofNullable(left.get(refusal.event()))
                        .flatMap(each -> failure(each, refusal))
                        .ifPresent(failures::add);
            }
        }
        if (!failures.isEmpty()) {
            sinks.failures().add(sink, failures);
            LOG.warn(
                    "Sink {} does not accept {} events: status {}. They are kept; see findmy tools sinks failures {}",
                    sink,
                    failures.size(),
                    failures.get(0).status(),
                    sink);
        }
        batch.finish(givenUp);
        works(state, delivered, batch.isDone() ? batch.source().doneUntil() : Optional.empty());
        return wait;
    }

    private Optional<SinkFailure> failure(Pending each, Refusal refusal) {
        return each.subject()
                .map(subject -> new SinkFailure(
                        refusal.event(),
                        each.place().orElse(FeedPlace.BEGINNING).toString(),
                        subject,
                        refusal.status(),
                        refusal.text(),
                        clock.instant(),
                        false));
    }

    /** Notes how far a replay is, unless a person has begun another one meanwhile. */
    void replayed(SinkReplay rest) {
        sinks.find(sink)
                .flatMap(SinkState::replay)
                .filter(now ->
                        now.from().equals(rest.from()) && now.receivedFrom().equals(rest.receivedFrom()))
                .ifPresent(now -> sinks.replay(sink, Optional.of(rest)));
    }
}

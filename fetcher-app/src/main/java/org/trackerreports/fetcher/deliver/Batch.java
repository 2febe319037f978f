package org.trackerreports.fetcher.deliver;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.trackerreports.sinks.SightingEvent;
import org.trackerreports.store.feed.FeedPlace;
import org.trackerreports.store.sink.SinkReplay;

/** Events that are delivered together, and what is noted when they are done. Used by one thread. */
final class Batch {

    private final Source source;
    private final List<Pending> all;
    private final Set<String> done = new HashSet<>();
    private final Map<String, Integer> refusals = new HashMap<>();

    /**
     * Where events come from.
     *
     * @param next where to read on in the feed; empty if they do not come from there
     * @param doneUntil when the last of them was stored
     * @param replay the replay without them; empty if they do not come from there
     * @param refusedBefore whether they were refused, and are sent again
     */
    record Source(
            Optional<FeedPlace> next, Optional<Instant> doneUntil, Optional<SinkReplay> replay, boolean refusedBefore) {

        static Source feed(FeedPlace next, Optional<Instant> doneUntil) {
            return new Source(Optional.of(next), doneUntil, Optional.empty(), false);
        }

        static Source replay(SinkReplay rest) {
            return new Source(Optional.empty(), Optional.empty(), Optional.of(rest), false);
        }

        static Source refusals() {
            return new Source(Optional.empty(), Optional.empty(), Optional.empty(), true);
        }

        static Source heldBack() {
            return new Source(Optional.empty(), Optional.empty(), Optional.empty(), false);
        }
    }

    Batch(Source source, List<Pending> events) {
        this.source = source;
        this.all = List.copyOf(events);
    }

    Source source() {
        return source;
    }

    /** What is neither delivered nor given up. */
    List<Pending> left() {
        return all.stream().filter(each -> !done.contains(each.event().id())).toList();
    }

    List<SightingEvent> events() {
        List<SightingEvent> events = new ArrayList<>();
        left().forEach(each -> events.add(each.event()));
        return events;
    }

    boolean isDone() {
        return left().isEmpty();
    }

    /** Notes events as done, and returns those that were not yet. */
    List<Pending> finish(Set<String> ids) {
        List<Pending> finished =
                left().stream().filter(each -> ids.contains(each.event().id())).toList();
        done.addAll(ids);
        return finished;
    }

    /** Counts a refusal, and returns how many the event has. */
    int refused(String id) {
        return refusals.merge(id, 1, Integer::sum);
    }

    /** Up to where in the feed everything is done; empty if that is nothing of this. */
    Optional<FeedPlace> doneUpTo() {
        if (isDone()) {
            return source.next();
        }
        Optional<FeedPlace> place = Optional.empty();
        for (Pending each : all) {
            if (!done.contains(each.event().id())) {
                break;
            }
            place = each.place();
        }
        return source.next().isPresent() ? place : Optional.empty();
    }
}

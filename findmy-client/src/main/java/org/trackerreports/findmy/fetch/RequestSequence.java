package org.trackerreports.findmy.fetch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Plans request after request for several targets until all their keys are asked for: static keys one after the other, an accessory's
 * keys backwards from the newest part. Not thread-safe.
 *
 * @param <T> what the keys are asked for, such as a tracker
 */
public final class RequestSequence<T> {

    private final RequestPlanner planner;
    private final Instant now;
    private final IdentityHashMap<T, KeyCursor> asked = new IdentityHashMap<>();
    private final IdentityHashMap<T, Integer> partsLeft = new IdentityHashMap<>();
    private List<PlannedKeys<T>> waiting = new ArrayList<>();

    /**
     * A sequence without targets.
     *
     * @param now the end of the time range
     */
    public RequestSequence(RequestPlanner planner, Instant now) {
        this.planner = planner;
        this.now = now;
    }

    /**
     * Adds a target; targets are told apart by identity.
     *
     * @param newest its keys, as {@link RequestPlanner#cursor} gives them
     * @param maxParts how many parts of an accessory's keys to ask for, at least 1; static keys are all asked for
     */
    public void add(T target, KeyCursor newest, int maxParts) {
        if (newest.rolling()) {
            partsLeft.put(target, maxParts - 1);
            await(target, newest);
            return;
        }
        for (Optional<KeyCursor> part = Optional.of(newest);
                part.isPresent();
                part = part.get().next()) {
            await(target, part.get());
        }
    }

    private void await(T target, KeyCursor part) {
        asked.put(target, part);
        part.groups().forEach(group -> waiting.add(new PlannedKeys<>(target, List.of(group))));
    }

    /** The next request to make; empty when all was asked for. */
    public Optional<FetchPlan<T>> next() {
        return planner.plan(waiting, now);
    }

    /**
     * Ends a request.
     *
     * @param plan the request that {@link #next} gave
     * @param more whether to ask for more keys of a target
     */
    public void completed(FetchPlan<T> plan, Predicate<T> more) {
        waiting = new ArrayList<>(plan.leftOver());
        waiting.removeIf(left -> !more.test(left.target()));
        plan.included().stream().filter(more).forEach(this::advance);
    }

    private void advance(T target) {
        int left = partsLeft.getOrDefault(target, 0);
        if (left > 0) {
            partsLeft.put(target, left - 1);
            Objects.requireNonNull(asked.get(target)).next().ifPresent(part -> await(target, part));
        }
    }
}

package org.trackerreports.fetcher.daemon;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which account takes its next turn, and when. An account is at its turn or waits; of those that wait, the one whose time comes first is
 * next.
 *
 * <p>When nothing is due, one account looks out for work, and the others stay idle. As soon as one finds work, the next begins to look, so
 * there are as many as there is work for, however many accounts are idle. Times are ticks in nanoseconds, such as {@link System#nanoTime}. Not
 * thread-safe.
 */
final class TurnOrder {

    /** How long an account waits that only a change or the lookout can wake. Ten thousand of them take a turn in 9 s. */
    static final Duration LONGEST_WAIT = Duration.ofDays(1);

    private record Place(long at, long number, String account) {}

    /** Ticks can overflow, so only their difference says which is earlier. */
    private static final Comparator<Place> EARLIEST_FIRST = (one, other) ->
            one.at() == other.at() ? Long.compare(one.number(), other.number()) : Long.signum(one.at() - other.at());

    private final TreeSet<Place> waiting = new TreeSet<>(EARLIEST_FIRST);
    private final Map<String, Place> places = new HashMap<>();
    private final Set<String> idle = new LinkedHashSet<>();
    private final Set<String> atTurn = new HashSet<>();
    private final Set<String> wokenAtTurn = new HashSet<>();
    private Optional<String> lookout = Optional.empty();
    private long number;

    /** Lets an account take its next turn now; a new one, and one that changed. One that is at its turn takes another one after it. */
    void wake(String account, long now) {
        if (atTurn.contains(account)) {
            wokenAtTurn.add(account);
        } else {
            idle.remove(account);
            await(account, now);
        }
    }

    /** The account that takes its turn now; empty if none does. Its turn ends with {@link #ended}, {@link #foundNothing} or {@link #remove}. */
    Optional<String> take(long now) {
        if (waiting.isEmpty() || waiting.first().at() - now > 0) {
            return Optional.empty();
        }
        Place first = waiting.pollFirst();
        places.remove(first.account());
        idle.remove(first.account());
        atTurn.add(first.account());
        return Optional.of(first.account());
    }

    /** How long until {@link #take} gives an account. */
    Duration untilNext(long now) {
        return waiting.isEmpty()
                ? LONGEST_WAIT
                : Duration.ofNanos(Math.max(0, waiting.first().at() - now));
    }

    /** An account at its turn got work: there may be more. */
    void foundWork(String account, long now) {
        if (isLookout(account)) {
            lookout = Optional.empty();
        }
        lookout.filter(places::containsKey).ifPresent(other -> await(other, now));
        appointLookout(now);
    }

    /**
     * The turn of an account ended.
     *
     * @return how long it waits for its next one
     */
    Duration ended(String account, Duration wait, long now) {
        if (isLookout(account)) {
            lookout = Optional.empty();
        }
        Duration actual = next(account, wait, now);
        appointLookout(now);
        return actual;
    }

    /**
     * The turn of an account ended, because nothing was due.
     *
     * @param wait how long to wait for the next look
     * @return how long this account waits
     */
    Duration foundNothing(String account, Duration wait, long now) {
        if (lookout.isEmpty() || isLookout(account)) {
            lookout = Optional.of(account);
            return next(account, wait, now);
        }
        idle.add(account);
        return next(account, LONGEST_WAIT, now);
    }

    /**
     * An account is gone. If it is at its turn, that was the last.
     *
     * @return whether it was woken at its turn
     */
    boolean remove(String account, long now) {
        Place place = places.remove(account);
        if (place != null) {
            waiting.remove(place);
        }
        idle.remove(account);
        atTurn.remove(account);
        boolean woken = wokenAtTurn.remove(account);
        if (isLookout(account)) {
            lookout = Optional.empty();
            appointLookout(now);
        }
        return woken;
    }

    private Duration next(String account, Duration wait, long now) {
        atTurn.remove(account);
        Duration actual = wokenAtTurn.remove(account) ? Duration.ZERO : wait;
        if (actual.isZero()) {
            idle.remove(account);
        }
        await(account, now + actual.toNanos());
        return actual;
    }

    private void await(String account, long at) {
        Place place = new Place(at, number++, account);
        Place before = places.put(account, place);
        if (before != null) {
            waiting.remove(before);
        }
        waiting.add(place);
    }

    private boolean isLookout(String account) {
        return lookout.equals(Optional.of(account));
    }

    private void appointLookout(long now) {
        if (lookout.isEmpty() && !idle.isEmpty()) {
            String first = idle.iterator().next();
            idle.remove(first);
            lookout = Optional.of(first);
            await(first, now);
        }
    }
}

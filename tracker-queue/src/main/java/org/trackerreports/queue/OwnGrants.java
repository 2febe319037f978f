package org.trackerreports.queue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The grants of a budget to this instance, and its cool-down. Whoever uses it locks it. */
final class OwnGrants {

    private final Deque<Long> grants = new ArrayDeque<>();
    private long coolDownUntil;

    /** The numbers of the grants, oldest first. */
    List<Long> numbers() {
        return List.copyOf(grants);
    }

    /** The number of the latest grant, or 0. */
    long latest() {
        return grants.isEmpty() ? 0 : grants.peekLast();
    }

    /** Adds a grant, and forgets those that are older than the retention. */
    void add(long grant, Duration retention) {
        grants.addLast(grant);
        long oldest = grant - retention.toMillis() * 1000;
        while (grants.peekFirst() < oldest) {
            grants.removeFirst();
        }
    }

    /** The end of the cool-down in milliseconds by the clock of Redis, or 0. */
    long coolDownUntil() {
        return coolDownUntil;
    }

    void coolDownUntil(long end) {
        coolDownUntil = Math.max(coolDownUntil, end);
    }

    void endCoolDown() {
        coolDownUntil = 0;
    }
}

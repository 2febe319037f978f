package org.trackerreports.simulator;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * The active faults. If several match a request, the one that was added first strikes. Safe for use by many threads;
 * random choices follow from the seed.
 */
public final class Faults {
    private final List<Waiting> waiting = new ArrayList<>();
    private final Clock clock;
    private final Random random;
    private int lastId;

    Faults(Clock clock, long seed) {
        this.clock = clock;
        random = new Random(seed);
    }

    /** Adds a fault; its time begins now. Returns a number by which it can be removed. */
    public synchronized int add(Fault fault) {
        waiting.add(new Waiting(++lastId, fault, clock.instant().plus(fault.lifetime())));
        return lastId;
    }

    /** Removes a fault; says whether it was still waiting. */
    public synchronized boolean remove(int id) {
        return waiting.removeIf(w -> w.id == id);
    }

    /** Removes all faults. */
    public synchronized void clear() {
        waiting.clear();
    }

    /** The faults that can still strike. */
    public synchronized List<ActiveFault> active() {
        removeEnded();
        return waiting.stream()
                .map(w -> new ActiveFault(w.id, w.fault, w.struck))
                .toList();
    }

    synchronized Optional<Fault> strike(Service service, String account) {
        if (waiting.isEmpty()) {
            return Optional.empty();
        }
        removeEnded();
        for (Iterator<Waiting> all = waiting.iterator(); all.hasNext(); ) {
            Waiting next = all.next();
            Fault fault = next.fault;
            if (fault.service() == service
                    && (fault.account().isEmpty() || fault.account().equals(account))
                    && (fault.probability() == 1 || random.nextDouble() < fault.probability())) {
                next.struck++;
                if (next.struck == fault.times()) {
                    all.remove();
                }
                return Optional.of(fault);
            }
        }
        return Optional.empty();
    }

    private void removeEnded() {
        Instant now = clock.instant();
        waiting.removeIf(w -> !now.isBefore(w.end));
    }

    /**
     * A fault that can still strike.
     *
     * @param id number by which it can be removed
     * @param fault the fault that was added
     * @param struck how often it has struck
     */
    public record ActiveFault(int id, Fault fault, int struck) {}

    private static final class Waiting {
        private final int id;
        private final Fault fault;
        private final Instant end;
        private int struck;

        Waiting(int id, Fault fault, Instant end) {
            this.id = id;
            this.fault = fault;
            this.end = end;
        }
    }
}

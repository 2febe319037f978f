package org.trackerreports.server.internal.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts wrong tokens by address, and lets an address with too many of them wait. Thread-safe. */
final class FailedTries {

    private static final int MOST = 20;
    private static final Duration WITHIN = Duration.ofMinutes(1);

    /** Bounds the memory. Whoever has so many addresses is not stopped by a count. */
    private static final int ADDRESSES = 10_000;

    private record Count(Instant since, int tries) {}

    private final Clock clock;
    private final Map<String, Count> counts = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
            return size() > ADDRESSES;
        }
    };

    FailedTries(Clock clock) {
        this.clock = clock;
    }

    synchronized boolean isBlocked(String address) {
        Count count = counts.get(address);
        return count != null && count.tries() >= MOST && isCurrent(count);
    }

    /** Notes one. The minute of waiting begins with the one that is too many. */
    synchronized void failed(String address) {
        Count count = counts.remove(address);
        int tries = count != null && isCurrent(count) ? count.tries() + 1 : 1;
        boolean begins = tries == 1 || tries == MOST;
        counts.put(address, new Count(begins || count == null ? clock.instant() : count.since(), tries));
    }

    private boolean isCurrent(Count count) {
        return clock.instant().isBefore(count.since().plus(WITHIN));
    }
}

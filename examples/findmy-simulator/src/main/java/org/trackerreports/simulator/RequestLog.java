package org.trackerreports.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Counts every request and remembers the last 100,000. With it a test proves that a budget was kept: the smallest gap and the most
 * requests in any hour are kept exactly, over all requests of an account to the report gateway, answered or refused.
 *
 * <p>Times are those of arrival. Safe for use by many threads.
 */
public final class RequestLog {
    private static final int REMEMBERED = 100_000;
    private static final Duration HOUR = Duration.ofHours(1);

    private final Deque<LoggedRequest> recent = new ArrayDeque<>();
    private final Map<Service, Long> counts = new EnumMap<>(Service.class);
    private final Map<String, AccountUse> uses = new HashMap<>();

    RequestLog() {}

    synchronized void add(LoggedRequest request) {
        if (recent.size() == REMEMBERED) {
            recent.removeFirst();
        }
        recent.addLast(request);
        counts.merge(request.service(), 1L, Long::sum);
        if (request.service() == Service.GATEWAY && !request.account().isEmpty()) {
            uses.computeIfAbsent(request.account(), account -> new AccountUse()).add(request.time());
        }
    }

    /** The last requests, oldest first, 100,000 at most. */
    public synchronized List<LoggedRequest> recent() {
        return List.copyOf(recent);
    }

    /** The last requests to one service, oldest first. */
    public synchronized List<LoggedRequest> recent(Service service) {
        return recent.stream().filter(r -> r.service() == service).toList();
    }

    /** How many requests a service got since the start or the last {@link #clear}. */
    public synchronized long count(Service service) {
        return counts.getOrDefault(service, 0L);
    }

    /** How many requests to the gateway an account made. */
    public synchronized long fetches(String appleId) {
        AccountUse use = uses.get(Accounts.normalized(appleId));
        return use == null ? 0 : use.count;
    }

    /** The smallest time between two requests of an account to the gateway; empty with fewer than two. */
    public synchronized Optional<Duration> smallestGap(String appleId) {
        AccountUse use = uses.get(Accounts.normalized(appleId));
        return use == null ? Optional.empty() : Optional.ofNullable(use.smallestGap);
    }

    /** The most requests of an account to the gateway within any 60 minutes. */
    public synchronized int mostPerHour(String appleId) {
        AccountUse use = uses.get(Accounts.normalized(appleId));
        return use == null ? 0 : use.mostPerHour;
    }

    /** Accounts that made requests to the gateway, sorted. */
    public synchronized List<String> accounts() {
        return uses.keySet().stream().sorted().toList();
    }

    /** Forgets everything. */
    public synchronized void clear() {
        recent.clear();
        counts.clear();
        uses.clear();
    }

    private static final class AccountUse {
        private final Deque<Instant> lastHour = new ArrayDeque<>();
        private long count;
        private @Nullable Duration smallestGap;
        private int mostPerHour;

        void add(Instant time) {
            if (!lastHour.isEmpty()) {
                Duration gap = Duration.between(lastHour.getLast(), time).abs();
                smallestGap = smallestGap == null || gap.compareTo(smallestGap) < 0 ? gap : smallestGap;
            }
            count++;
            lastHour.addLast(time);
            while (lastHour.size() > 1 && lastHour.getFirst().isBefore(time.minus(HOUR))) {
                lastHour.removeFirst();
            }
            mostPerHour = Math.max(mostPerHour, lastHour.size());
        }
    }
}

package org.trackerreports.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the larger answers. The positions are those of the scripts' head comments. */
final class Replies {

    private Replies() {}

    static QueueStatistics statistics(Reply reply) {
        Map<String, Long> counters = new TreeMap<>();
        for (int i = 13; i < reply.size(); i += 2) {
            counters.put(reply.text(i), reply.number(i + 1));
        }
        Instant now = reply.instant(0);
        Optional<QueueStatistics.Overdue> oldest = reply.optionalText(11)
                .filter(id -> reply.number(12) <= reply.number(0))
                .map(id ->
                        new QueueStatistics.Overdue(id, reply.instant(12), Duration.between(reply.instant(12), now)));
        return new QueueStatistics(
                now,
                reply.number(1) == 1,
                reply.number(2) == 1,
                reply.instant(3),
                reply.optionalInstant(4),
                reply.number(5),
                reply.number(6),
                reply.number(7),
                reply.number(8),
                reply.number(9),
                reply.number(10),
                oldest,
                Map.copyOf(counters));
    }

    static Optional<Duration> untilNextDue(Reply reply) {
        boolean paused = reply.number(2) == 1;
        return reply.optionalText(11).filter(id -> !paused).map(id -> {
            long next = Math.max(reply.number(12), reply.number(3));
            return Duration.ofMillis(Math.max(0, next - reply.number(0)));
        });
    }

    static Optional<QueuedId> details(String id, Reply reply) {
        if (reply.size() == 0) {
            return Optional.empty();
        }
        QueuedId.State state =
                switch (reply.text(0)) {
                    case "leased" -> QueuedId.State.LEASED;
                    case "paused" -> QueuedId.State.PAUSED;
                    default -> QueuedId.State.WAITING;
                };
        return Optional.of(new QueuedId(
                id,
                state,
                reply.count(5),
                reply.instant(1),
                reply.optionalInstant(2),
                reply.optionalText(3).map(WorkerId::new),
                reply.number(4),
                reply.optionalInstant(6),
                reply.optionalInstant(7),
                reply.count(8),
                reply.count(9),
                reply.number(10),
                reply.number(11),
                reply.number(12),
                Double.parseDouble(reply.text(13)),
                reply.optionalText(14)));
    }
}

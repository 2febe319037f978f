package org.trackerreports.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the larger answers. The positions are those of the scripts' head comments. */
final class ScriptResultReader {

    private static final int FIELDS_OF_AN_ID = 16;

    private ScriptResultReader() {}

    static QueueStatistics statistics(ScriptResult reply) {
        Map<String, Long> counters = new TreeMap<>();
        for (int i = 15; i < reply.size(); i += 2) {
            counters.put(reply.text(i), reply.number(i + 1));
        }
        Instant now = reply.instant(0);
        Optional<QueueStatistics.Overdue> oldest = reply.optionalText(13)
                .filter(id -> reply.number(14) <= reply.number(0))
                .map(id ->
                        new QueueStatistics.Overdue(id, reply.instant(14), Duration.between(reply.instant(14), now)));
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
                reply.number(11),
                reply.number(12),
                oldest,
                Map.copyOf(counters));
    }

    static Optional<Duration> untilNextDue(ScriptResult reply) {
        boolean paused = reply.number(2) == 1;
        return reply.optionalText(13).filter(id -> !paused).map(id -> {
            long next = Math.max(reply.number(14), reply.number(3));
            return Duration.ofMillis(Math.max(0, next - reply.number(0)));
        });
    }

    static Optional<QueuedId> details(ScriptResult reply) {
        return page(reply).stream().findFirst();
    }

    static List<QueuedId> page(ScriptResult reply) {
        List<QueuedId> page = new ArrayList<>(reply.size() / FIELDS_OF_AN_ID);
        for (int at = 0; at < reply.size(); at += FIELDS_OF_AN_ID) {
            page.add(queuedId(reply, at));
        }
        return List.copyOf(page);
    }

    private static QueuedId queuedId(ScriptResult reply, int at) {
        return new QueuedId(
                reply.text(at),
                QueuedId.State.valueOf(reply.text(at + 1).toUpperCase(Locale.ROOT)),
                reply.count(at + 6),
                reply.instant(at + 2),
                reply.optionalInstant(at + 3),
                reply.optionalText(at + 4).map(WorkerId::new),
                reply.number(at + 5),
                reply.optionalInstant(at + 7),
                reply.optionalInstant(at + 8),
                reply.count(at + 9),
                reply.count(at + 10),
                reply.number(at + 11),
                reply.number(at + 12),
                reply.number(at + 13),
                Double.parseDouble(reply.text(at + 14)),
                reply.optionalText(at + 15));
    }
}

package org.trackerreports.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the longer results. The positions are those of the scripts' head comments. */
final class ScriptResultReader {

    private static final int FIELDS_PER_ID = 16;
    private static final int FIRST_CLAIMED_ID = 5;
    private static final int LINES_PER_CLAIMED_LEASE = 4;
    private static final int FIELDS_PER_HELD_LEASE = 7;

    private ScriptResultReader() {}

    /** The leases that a claim got. */
    static List<Lease> claimed(ScriptResult result, WorkerId worker) {
        ScriptResult lines = result.lines(4);
        List<Lease> leases = new ArrayList<>(result.size());
        for (int at = FIRST_CLAIMED_ID; at < result.size(); at++) {
            int line = (at - FIRST_CLAIMED_ID) * LINES_PER_CLAIMED_LEASE;
            leases.add(
                    lease(result.text(at), worker, result.number(3), result.instant(2), lines, line, result.number(1)));
        }
        return leases;
    }

    /** One page of the leases that Redis holds for a worker. */
    static List<Lease> held(ScriptResult result, WorkerId worker) {
        List<Lease> leases = new ArrayList<>(result.size() / FIELDS_PER_HELD_LEASE);
        for (int at = 2; at < result.size(); at += FIELDS_PER_HELD_LEASE) {
            leases.add(lease(
                    result.text(at),
                    worker,
                    result.number(at + 1),
                    result.instant(at + 2),
                    result,
                    at + 3,
                    result.number(0)));
        }
        return leases;
    }

    /** Both lists have due, priority, consecutive failures and consecutive empty successes in a row. */
    private static Lease lease(
            String id, WorkerId worker, long token, Instant until, ScriptResult result, int due, long epoch) {
        return new Lease(
                id,
                worker,
                token,
                until,
                result.instant(due),
                result.count(due + 1),
                result.count(due + 2),
                result.count(due + 3),
                epoch);
    }

    static QueueStatistics statistics(ScriptResult result) {
        Map<String, Long> counters = new TreeMap<>();
        for (int i = 16; i < result.size(); i += 2) {
            counters.put(result.text(i), result.number(i + 1));
        }
        Instant now = result.instant(0);
        Optional<QueueStatistics.Overdue> oldest = result.optionalText(13)
                .filter(id -> result.number(14) <= result.number(0))
                .map(id ->
                        new QueueStatistics.Overdue(id, result.instant(14), Duration.between(result.instant(14), now)));
        return new QueueStatistics(
                now,
                result.number(1) == 1,
                result.number(2) == 1,
                result.instant(3),
                result.optionalInstant(4),
                result.number(5),
                result.number(6),
                result.number(7),
                result.number(8),
                result.number(9),
                result.number(10),
                result.number(11),
                result.number(12),
                oldest,
                result.optionalText(15),
                Map.copyOf(counters));
    }

    static Optional<Duration> untilNextDue(ScriptResult result) {
        boolean paused = result.number(2) == 1;
        return result.optionalText(13).filter(id -> !paused).map(id -> {
            long next = Math.max(result.number(14), result.number(3));
            return Duration.ofMillis(Math.max(0, next - result.number(0)));
        });
    }

    static Optional<QueuedId> details(ScriptResult result) {
        return page(result).stream().findFirst();
    }

    static List<QueuedId> page(ScriptResult result) {
        List<QueuedId> page = new ArrayList<>(result.size() / FIELDS_PER_ID);
        for (int at = 0; at < result.size(); at += FIELDS_PER_ID) {
            page.add(queuedId(result, at));
        }
        return List.copyOf(page);
    }

    private static QueuedId queuedId(ScriptResult result, int at) {
        return new QueuedId(
                result.text(at),
                QueuedId.State.valueOf(result.text(at + 1).toUpperCase(Locale.ROOT)),
                result.count(at + 6),
                result.instant(at + 2),
                result.optionalInstant(at + 3),
                result.optionalText(at + 4).map(WorkerId::new),
                result.number(at + 5),
                result.optionalInstant(at + 7),
                result.optionalInstant(at + 8),
                result.count(at + 9),
                result.count(at + 10),
                result.number(at + 11),
                result.number(at + 12),
                result.number(at + 13),
                Double.parseDouble(result.text(at + 14)),
                result.optionalText(at + 15));
    }
}

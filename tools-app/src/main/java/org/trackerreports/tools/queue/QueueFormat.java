package org.trackerreports.tools.queue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.trackerreports.core.text.Durations;
import org.trackerreports.core.text.JsonNames;
import org.trackerreports.core.text.Printable;
import org.trackerreports.queue.QueueStatistics;
import org.trackerreports.queue.QueuedId;
import org.trackerreports.tools.text.Json;
import org.trackerreports.tools.text.TextTable;

/** The state of the queue, as JSON and as tables. */
final class QueueFormat {

    private QueueFormat() {}

    /** @param overdue the name of the tracker that is overdue the longest */
    static ObjectNode json(QueueStatistics statistics, Optional<String> overdue) {
        ObjectNode json = Json.object()
                .put("trackers", statistics.ids())
                .put("due", statistics.due())
                .put("waiting", statistics.waiting())
                .put("leased", statistics.leased())
                .put("failing", statistics.failing())
                .put("parked", statistics.parked())
                .put("paused_trackers", statistics.pausedIds())
                .put("paused", statistics.paused())
                .put("workers", statistics.workers())
                .put("oldest_overdue", overdue.orElse(null))
                .put("oldest_overdue_seconds", overdueBy(statistics).toSeconds())
                .put("last_damaged_id", statistics.lastDamaged().orElse(null))
                .put("reconciled_time", Json.time(statistics.lastReconciled()));
        ObjectNode counters = json.putObject("counters");
        JsonNames.of(statistics.counters()).forEach(counters::put);
        return json;
    }

    /** @param overdue the name of the tracker that is overdue the longest */
    static TextTable table(QueueStatistics statistics, Optional<String> overdue) {
        TextTable table = new TextTable("WHAT", "NOW");
        table.row("trackers", Long.toString(statistics.ids()));
        table.row("due", Long.toString(statistics.due()));
        table.row("leased", Long.toString(statistics.leased()));
        table.row("failing", Long.toString(statistics.failing()));
        table.row("parked after many failures", Long.toString(statistics.parked()));
        table.row("paused", statistics.paused() ? "all" : Long.toString(statistics.pausedIds()));
        table.row("workers", Long.toString(statistics.workers()));
        table.row(
                "longest overdue",
                overdue.map(name -> name + ", for " + Durations.text(overdueBy(statistics)))
                        .orElse("-"));
        table.row(
                "compared with the database",
                statistics.lastReconciled().map(TextTable::second).orElse("never"));
        statistics
                .lastDamaged()
                .ifPresent(id -> table.row(
                        "records that were damaged",
                        statistics.counters().getOrDefault("damaged", 0L) + ", the last one that of \""
                                + Printable.brief(id) + "\""));
        return table;
    }

    private static Duration overdueBy(QueueStatistics statistics) {
        return statistics.oldestOverdue().map(QueueStatistics.Overdue::by).orElse(Duration.ZERO);
    }

    /** A table for {@link #row}. */
    static TextTable table() {
        return new TextTable(
                "TRACKER", "STATE", "DUE (UTC)", "LAST TRY (UTC)", "SUCCESSES", "FAILURES", "IN A ROW", "LAST ERROR");
    }

    /** A tracker in the queue, as a row of a {@link #table()}. */
    static void row(TextTable table, String tracker, QueuedId queued) {
        table.row(
                tracker,
                state(queued),
                TextTable.time(queued.due()),
                queued.lastAttempt().map(TextTable::time).orElse("never"),
                Long.toString(queued.successes()),
                Long.toString(queued.failures()),
                Integer.toString(queued.consecutiveFailures()),
                queued.lastError().orElse("-"));
    }

    /** Puts what the queue knows of a tracker into an object. */
    static void put(ObjectNode json, QueuedId queued) {
        json.put("state", state(queued))
                .put("due_time", queued.due().toString())
                .put("leased_until", Json.time(queued.leasedUntil()))
                .put("last_attempt_time", Json.time(queued.lastAttempt()))
                .put("last_success_time", Json.time(queued.lastSuccess()))
                .put("successes", queued.successes())
                .put("failures", queued.failures())
                .put("consecutive_failures", queued.consecutiveFailures())
                .put("consecutive_empties", queued.consecutiveEmpty())
                .put("last_error", queued.lastError().orElse(null));
    }

    private static String state(QueuedId queued) {
        return queued.state().name().toLowerCase(Locale.ROOT);
    }
}

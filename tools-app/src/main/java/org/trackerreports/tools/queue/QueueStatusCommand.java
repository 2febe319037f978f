package org.trackerreports.tools.queue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.queue.QueueStatistics;
import org.trackerreports.queue.TrackerQueue;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.tracker.Tracker;
import org.trackerreports.tools.command.CommandContext;
import org.trackerreports.tools.command.JsonOption;
import org.trackerreports.tools.command.ToolCommand;
import org.trackerreports.tools.text.Durations;
import org.trackerreports.tools.text.Json;
import org.trackerreports.tools.text.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** How much is due. */
@Command(
        name = "status",
        description = "Prints how many trackers are due, at work, failing or paused, and the longest overdue one.",
        footer = {"", "Example: findmy tools queue status --json"})
final class QueueStatusCommand extends ToolCommand implements Callable<Integer> {

    @Mixin
    private JsonOption reading;

    private final Provider<TrackerQueue> queueProvider;
    private final Provider<ReportStore> storeProvider;

    @Inject
    QueueStatusCommand(
            CommandContext context, Provider<TrackerQueue> queueProvider, Provider<ReportStore> storeProvider) {
        super(context);
        this.queueProvider = queueProvider;
        this.storeProvider = storeProvider;
    }

    @Override
    public Integer call() {
        QueueStatistics statistics = queueProvider.get().statistics();
        Optional<String> overdue = statistics
                .oldestOverdue()
                .flatMap(oldest -> storeProvider.get().trackers().find(Long.parseLong(oldest.id())))
                .map(Tracker::name);
        reading.print(out(), () -> json(statistics, overdue), () -> table(statistics, overdue));
        if (statistics.ids() == 0) {
            note("The queue is empty. The daemon fills it, and so does: findmy tools queue verify");
        }
        return ExitCode.DONE;
    }

    private static Duration overdueBy(QueueStatistics statistics) {
        return statistics.oldestOverdue().map(QueueStatistics.Overdue::by).orElse(Duration.ZERO);
    }

    private static ObjectNode json(QueueStatistics statistics, Optional<String> overdue) {
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
                .put(
                        "reconciled_time",
                        statistics.lastReconciled().map(Instant::toString).orElse(null));
        ObjectNode counters = json.putObject("counters");
        new TreeMap<>(statistics.counters()).forEach(counters::put);
        return json;
    }

    private static TextTable table(QueueStatistics statistics, Optional<String> overdue) {
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
        return table;
    }
}

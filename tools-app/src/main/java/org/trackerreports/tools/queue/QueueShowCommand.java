package org.trackerreports.tools.queue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.queue.QueuedId;
import org.trackerreports.queue.TrackerQueue;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.tracker.Tracker;
import org.trackerreports.tools.command.CommandContext;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.JsonOption;
import org.trackerreports.tools.command.ToolCommand;
import org.trackerreports.tools.command.TrackerSelection;
import org.trackerreports.tools.text.Json;
import org.trackerreports.tools.text.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What the queue knows of trackers. */
@Command(
        name = "show",
        description = "Prints what the queue knows of trackers: their turn, tries, failures and last error.",
        footer = {"", "Example: findmy tools queue show Bike --json"})
final class QueueShowCommand extends ToolCommand implements Callable<Integer> {

    @Mixin
    private TrackerSelection selection;

    @Mixin
    private JsonOption reading;

    private final Provider<ReportStore> storeProvider;
    private final Provider<TrackerQueue> queueProvider;

    @Inject
    QueueShowCommand(
            CommandContext context, Provider<ReportStore> storeProvider, Provider<TrackerQueue> queueProvider) {
        super(context);
        this.storeProvider = storeProvider;
        this.queueProvider = queueProvider;
    }

    @Override
    public Integer call() throws CommandFailure {
        List<Tracker> trackers = selection.trackers(storeProvider.get());
        TrackerQueue queue = queueProvider.get();
        ArrayNode array = Json.array();
        TextTable table = new TextTable(
                "TRACKER", "STATE", "DUE (UTC)", "LAST TRY (UTC)", "SUCCESSES", "FAILURES", "IN A ROW", "LAST ERROR");
        for (Tracker tracker : trackers) {
            Optional<QueuedId> queued = queue.details(Long.toString(tracker.id()));
            if (queued.isEmpty()) {
                note("Tracker " + tracker.name() + " is not in the queue"
                        + (tracker.enabled()
                                ? "; the daemon adds it, and so does: findmy tools queue verify"
                                : " because it is disabled."));
                continue;
            }
            put(array.addObject().put("tracker", tracker.name()), queued.get());
            table.row(
                    tracker.name(),
                    state(queued.get()),
                    TextTable.time(queued.get().due()),
                    queued.get().lastAttempt().map(TextTable::time).orElse("never"),
                    Long.toString(queued.get().successes()),
                    Long.toString(queued.get().failures()),
                    Integer.toString(queued.get().consecutiveFailures()),
                    queued.get().lastError().orElse("-"));
        }
        reading.print(out(), () -> array, () -> table);
        return array.isEmpty() ? ExitCode.NOTHING_FOUND : ExitCode.DONE;
    }

    static String state(QueuedId queued) {
        return queued.state().name().toLowerCase(Locale.ROOT);
    }

    static void put(ObjectNode json, QueuedId queued) {
        json.put("state", state(queued))
                .put("due_time", queued.due().toString())
                .put("leased_until", queued.leasedUntil().map(Instant::toString).orElse(null))
                .put(
                        "last_attempt_time",
                        queued.lastAttempt().map(Instant::toString).orElse(null))
                .put(
                        "last_success_time",
                        queued.lastSuccess().map(Instant::toString).orElse(null))
                .put("successes", queued.successes())
                .put("failures", queued.failures())
                .put("consecutive_failures", queued.consecutiveFailures())
                .put("consecutive_empties", queued.consecutiveEmpty())
                .put("last_error", queued.lastError().orElse(null));
    }
}

package org.trackerreports.tools.queue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.trackerreports.core.config.Options;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.core.pipeline.TrackerLoader;
import org.trackerreports.queue.QueueEntry;
import org.trackerreports.queue.QueueStatistics;
import org.trackerreports.queue.QueuedId;
import org.trackerreports.queue.ReconcileResult;
import org.trackerreports.queue.ReconcileResult.Reconciled;
import org.trackerreports.queue.TrackerQueue;
import org.trackerreports.store.account.RequestLedger;
import org.trackerreports.store.history.StoreCounts;
import org.trackerreports.store.tracker.Tracker;
import org.trackerreports.tools.command.CommandContext;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.Installation;
import org.trackerreports.tools.command.InstallationCommand;
import org.trackerreports.tools.command.JsonOption;
import org.trackerreports.tools.command.NextStep;
import org.trackerreports.tools.command.TrackerSelection;
import org.trackerreports.tools.text.Json;
import org.trackerreports.tools.text.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The commands of the queue. */
@Command(name = "queue")
public final class QueueCommand extends InstallationCommand {

    @Inject
    QueueCommand(CommandContext context, Installation installation) {
        super(context, installation);
    }

    @Command(name = "status")
    int status(@Mixin JsonOption json) {
        QueueStatistics statistics = installation().queue().statistics();
        Optional<String> overdue = statistics
                .oldestOverdue()
                .flatMap(oldest -> TrackerLoader.trackerId(oldest.id()))
                .flatMap(id -> installation().store().trackers().find(id))
                .map(Tracker::name);
        json.print(() -> QueueFormat.json(statistics, overdue), () -> QueueFormat.table(statistics, overdue));
        if (statistics.ids() == 0) {
            note(
                    hasTrackers()
                            ? "The queue is empty. The daemon fills it, and so does: findmy tools queue verify"
                            : NextStep.IMPORT);
        }
        return ExitCode.DONE;
    }

    private boolean hasTrackers() {
        StoreCounts counts =
                installation().store().history().counts(installation().now());
        return counts.enabledTrackers() + counts.disabledTrackers() > 0;
    }

    @Command(name = "show")
    int show(@Mixin TrackerSelection selection, @Mixin JsonOption json) throws CommandFailure {
        ArrayNode array = Json.array();
        TextTable table = QueueFormat.table();
        List<Tracker> trackers = selection.found();
        if (trackers.isEmpty()) {
            note(selection.noneFound());
        }
        for (Tracker tracker : trackers) {
            Optional<QueuedId> queued = installation().queue().details(Long.toString(tracker.id()));
            if (queued.isEmpty()) {
                note("Tracker " + tracker.name() + " is not in the queue"
                        + (tracker.enabled()
                                ? ". The daemon adds it, and so does: findmy tools queue verify"
                                : " because it is disabled."));
                continue;
            }
            QueueFormat.put(array.addObject().put("tracker", tracker.name()), queued.get());
            QueueFormat.row(table, tracker.name(), queued.get());
        }
        json.print(() -> array, () -> table);
        return array.isEmpty() ? ExitCode.NOTHING_FOUND : ExitCode.DONE;
    }

    @Command(name = "verify")
    int verify() {
        TrackerQueue queue = installation().queue();
        if (!hasTrackers()) {
            note(NextStep.IMPORT);
        }
        if (queue.initialiseIfEmpty(this::enabledTrackers)) {
            return done(
                    "The queue was empty and now holds " + queue.statistics().ids() + " trackers.");
        }
        ReconcileResult result = queue.reconcile(this::enabledTrackers);
        return switch (result.kind()) {
            case RECONCILED -> {
                Reconciled counts = (Reconciled) result;
                yield done(counts.kept() + " trackers were right, " + counts.added() + " were missing and added, "
                        + counts.removed() + " were too many and removed.");
            }
            case ALREADY_RUNNING -> {
                err().println("Another instance is comparing the queue right now; try again in a minute.");
                yield ExitCode.UNAVAILABLE;
            }
        };
    }

    private Stream<QueueEntry> enabledTrackers() {
        // The database's cursor must not stay open while Redis works.
        LongStream.Builder ids = LongStream.builder();
        installation().store().trackers().forEachEnabledId(ids::add);
        return ids.build().mapToObj(id -> QueueEntry.of(Long.toString(id)));
    }

    @Command(name = "move")
    int move(@Option(names = "--yes") boolean yes) throws CommandFailure {
        RequestLedger requests = installation().store().requests();
        String prefix = installation().configuration().get(Options.QUEUE_PREFIX);
        String kept = requests.queuePrefix(prefix);
        if (kept.equals(prefix)) {
            return done("The queue is already under the prefix " + prefix + ".");
        }
        if (!yes) {
            out().println("would move the queue from the prefix " + kept + " to " + prefix);
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "Nothing was changed. First stop all instances and set QUEUE_PREFIX=" + prefix
                            + " for all of them; then add --yes.");
        }
        requests.changeQueuePrefix(prefix);
        return done("The queue is under the prefix " + prefix
                + " from now on; the first daemon that starts fills it. The accounts' budgets continue. Keys in Redis with"
                + " the prefix " + kept + " are not used any more.");
    }

    @Command(name = "requeue")
    int requeue(@Mixin TrackerSelection selection) throws CommandFailure {
        selection.requireOne();
        TrackerQueue queue = installation().queue();
        if (selection.isAll()) {
            return done(queue.requeueAllNow() + " trackers are due now.");
        }
        List<String> ids = ids(selection);
        return done(queue.requeueNow(ids) + " of " + ids.size()
                + " trackers are due now; the others were already due, are leased, or are not in the queue.");
    }

    @Command(name = "pause")
    int pause(@Mixin TrackerSelection selection) throws CommandFailure {
        selection.requireOne();
        TrackerQueue queue = installation().queue();
        if (selection.isAll()) {
            queue.pauseAll();
            return done("The queue is paused. Resume it: findmy tools queue resume --all");
        }
        List<String> ids = ids(selection);
        return done(queue.pause(ids) + " of " + ids.size() + " trackers are paused now.");
    }

    @Command(name = "resume")
    int resume(@Mixin TrackerSelection selection) throws CommandFailure {
        selection.requireOne();
        TrackerQueue queue = installation().queue();
        if (selection.isAll()) {
            queue.resumeAll();
            return done("The queue is resumed; trackers that were paused by name stay paused.");
        }
        List<String> ids = ids(selection);
        return done(queue.resume(ids) + " of " + ids.size() + " trackers were resumed.");
    }

    private List<String> ids(TrackerSelection selection) throws CommandFailure {
        return selection.trackers().stream()
                .map(tracker -> Long.toString(tracker.id()))
                .toList();
    }

    private int done(String message) {
        out().println(message);
        return ExitCode.DONE;
    }
}

package org.trackerreports.tools.queue;

import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.core.wiring.Application;
import org.trackerreports.queue.QueueEntry;
import org.trackerreports.queue.ReconcileResult;
import org.trackerreports.queue.ReconcileResult.Reconciled;
import org.trackerreports.queue.TrackerQueue;
import org.trackerreports.store.ReportStore;
import org.trackerreports.tools.command.ToolCommand;
import picocli.CommandLine.Command;

/** Brings the queue in line with the database. */
@Command(
        name = "verify",
        description =
                "Compares the queue with the trackers in the database and mends what differs, as the daemon does.",
        footer = {"", "Example: findmy tools queue verify"})
final class QueueVerifyCommand extends ToolCommand {

    @Override
    protected int run(Application application) {
        ReportStore store = application.get(ReportStore.class);
        TrackerQueue queue = application.get(TrackerQueue.class);
        Supplier<Stream<QueueEntry>> enabled = () -> {
            // The database's cursor is not to stay open while Redis works.
            LongStream.Builder ids = LongStream.builder();
            store.trackers().forEachEnabledId(ids::add);
            return ids.build().mapToObj(id -> QueueEntry.of(Long.toString(id)));
        };
        if (queue.initialiseIfEmpty(enabled)) {
            out().println("The queue was empty and now holds "
                    + queue.statistics().ids() + " trackers.");
            return ExitCode.DONE;
        }
        ReconcileResult result = queue.reconcile(enabled);
        return switch (result.kind()) {
            case RECONCILED -> reconciled((Reconciled) result);
            case ALREADY_RUNNING -> alreadyRunning();
        };
    }

    private int reconciled(Reconciled result) {
        out().println(result.kept() + " trackers were right, " + result.added() + " were missing and added, "
                + result.removed() + " were too many and removed.");
        return ExitCode.DONE;
    }

    private int alreadyRunning() {
        err().println("Another instance is comparing the queue right now; try again in a minute.");
        return ExitCode.UNAVAILABLE;
    }
}

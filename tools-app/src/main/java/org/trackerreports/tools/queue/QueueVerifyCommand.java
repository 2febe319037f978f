package org.trackerreports.tools.queue;

import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.queue.QueueEntry;
import org.trackerreports.queue.ReconcileResult;
import org.trackerreports.queue.ReconcileResult.Reconciled;
import org.trackerreports.queue.TrackerQueue;
import org.trackerreports.store.ReportStore;
import org.trackerreports.tools.command.CommandContext;
import org.trackerreports.tools.command.ToolCommand;
import picocli.CommandLine.Command;

/** Brings the queue in line with the database. */
@Command(
        name = "verify",
        description =
                "Compares the queue with the trackers in the database and mends what differs, as the daemon does.",
        footer = {"", "Example: findmy tools queue verify"})
final class QueueVerifyCommand extends ToolCommand implements Callable<Integer> {

    private final Provider<ReportStore> storeProvider;
    private final Provider<TrackerQueue> queueProvider;

    @Inject
    QueueVerifyCommand(
            CommandContext context, Provider<ReportStore> storeProvider, Provider<TrackerQueue> queueProvider) {
        super(context);
        this.storeProvider = storeProvider;
        this.queueProvider = queueProvider;
    }

    @Override
    public Integer call() {
        ReportStore store = storeProvider.get();
        TrackerQueue queue = queueProvider.get();
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

package org.trackerreports.tools.queue;

import java.util.List;
import org.trackerreports.fetcher.ExitCode;
import org.trackerreports.fetcher.wiring.Application;
import org.trackerreports.queue.TrackerQueue;
import org.trackerreports.store.ReportStore;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.ToolCommand;
import org.trackerreports.tools.command.TrackerSelection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Trackers have their turn now. */
@Command(
        name = "requeue",
        description =
                "Makes trackers due now; those at work, paused or due already stay as they are. The accounts' budgets hold all the same.",
        footer = {"", "Example: findmy tools queue requeue Bike"})
final class QueueRequeueCommand extends ToolCommand {

    @Mixin
    private TrackerSelection selection;

    @Override
    protected int run(Application application) throws CommandFailure {
        TrackerQueue queue = application.get(TrackerQueue.class);
        if (selection.isAll()) {
            out().println(queue.requeueAllNow() + " trackers are due now.");
            return ExitCode.DONE;
        }
        List<String> ids = selection.trackers(application.get(ReportStore.class)).stream()
                .map(tracker -> Long.toString(tracker.id()))
                .toList();
        int changed = queue.requeueNow(ids);
        out().println(changed + " of " + ids.size()
                + " trackers are due now; the others were due already, at work, or are not in the queue.");
        return ExitCode.DONE;
    }
}

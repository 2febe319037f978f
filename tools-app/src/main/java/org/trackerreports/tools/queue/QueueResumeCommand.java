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

/** Trackers have their turn again. */
@Command(
        name = "resume",
        description = "Lets paused trackers have their turn again; --all ends the pause of everything.",
        footer = {"", "Example: findmy tools queue resume Bike"})
final class QueueResumeCommand extends ToolCommand {

    @Mixin
    private TrackerSelection selection;

    @Override
    protected int run(Application application) throws CommandFailure {
        TrackerQueue queue = application.get(TrackerQueue.class);
        if (selection.isAll()) {
            queue.resumeAll();
            out().println("Work goes on; trackers that were paused by name stay paused.");
            return ExitCode.DONE;
        }
        List<String> ids = selection.trackers(application.get(ReportStore.class)).stream()
                .map(tracker -> Long.toString(tracker.id()))
                .toList();
        int changed = queue.resume(ids);
        out().println(changed + " of " + ids.size() + " trackers were resumed.");
        return ExitCode.DONE;
    }
}

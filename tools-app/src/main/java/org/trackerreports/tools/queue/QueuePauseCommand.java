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

/** Trackers have no turn. */
@Command(
        name = "pause",
        description = "Lets trackers have no turn until they are resumed; with --all nothing is asked for at all.",
        footer = {"", "Example: findmy tools queue pause Bike"})
final class QueuePauseCommand extends ToolCommand {

    @Mixin
    private TrackerSelection selection;

    @Override
    protected int run(Application application) throws CommandFailure {
        TrackerQueue queue = application.get(TrackerQueue.class);
        if (selection.isAll()) {
            queue.pauseAll();
            out().println("Nothing is handed out until: findmy tools queue resume --all");
            return ExitCode.DONE;
        }
        List<String> ids = selection.trackers(application.get(ReportStore.class)).stream()
                .map(tracker -> Long.toString(tracker.id()))
                .toList();
        int changed = queue.pause(ids);
        out().println(changed + " of " + ids.size() + " trackers are paused now.");
        return ExitCode.DONE;
    }
}

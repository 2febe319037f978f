package org.trackerreports.tools.queue;

import java.util.List;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.core.wiring.Application;
import org.trackerreports.queue.TrackerQueue;
import org.trackerreports.store.ReportStore;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.ToolCommand;
import org.trackerreports.tools.command.TrackerSelection;
import picocli.CommandLine.Mixin;

/** A change of whose turn it is: of the trackers that were chosen, or of everything. */
abstract class QueueChange extends ToolCommand {

    @Mixin
    private TrackerSelection selection;

    /** Changes everything. @return what was done, for people */
    abstract String all(TrackerQueue queue);

    /** Changes some. @return what was done, for people */
    abstract String some(TrackerQueue queue, List<String> ids);

    @Override
    protected final int run(Application application) throws CommandFailure {
        TrackerQueue queue = application.get(TrackerQueue.class);
        if (selection.isAll()) {
            out().println(all(queue));
            return ExitCode.DONE;
        }
        List<String> ids = selection.trackers(application.get(ReportStore.class)).stream()
                .map(tracker -> Long.toString(tracker.id()))
                .toList();
        out().println(some(queue, ids));
        return ExitCode.DONE;
    }
}

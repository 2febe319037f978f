package org.trackerreports.tools.tracker;

import java.util.List;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.core.wiring.Application;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.tracker.Tracker;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.ToolCommand;
import org.trackerreports.tools.command.TrackerNames;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Gives one another name. */
@Command(
        name = "rename",
        description = "Gives a tracker another name; its reports and history stay.",
        footer = {"", "Example: findmy tools trackers rename Bike \"Old bike\""})
final class TrackersRenameCommand extends ToolCommand {

    @Parameters(index = "0", paramLabel = "TRACKER", description = "Its name now.")
    private String name;

    @Parameters(index = "1", paramLabel = "NEW-NAME", description = "Its name from now on.")
    private String newName;

    @Override
    protected int run(Application application) throws CommandFailure {
        ReportStore store = application.get(ReportStore.class);
        Tracker tracker = TrackerNames.trackers(store, List.of(name)).get(0);
        Changes.require(name, store.trackers().rename(tracker.id(), newName));
        out().println(name + " is called " + newName + " now.");
        return ExitCode.DONE;
    }
}

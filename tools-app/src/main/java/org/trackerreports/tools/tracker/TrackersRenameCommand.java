package org.trackerreports.tools.tracker;

import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.util.List;
import java.util.concurrent.Callable;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.tracker.Tracker;
import org.trackerreports.tools.command.CommandContext;
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
final class TrackersRenameCommand extends ToolCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "TRACKER", description = "Its name now.")
    private String name;

    @Parameters(index = "1", paramLabel = "NEW-NAME", description = "Its name from now on.")
    private String newName;

    private final Provider<ReportStore> storeProvider;

    @Inject
    TrackersRenameCommand(CommandContext context, Provider<ReportStore> storeProvider) {
        super(context);
        this.storeProvider = storeProvider;
    }

    @Override
    public Integer call() throws CommandFailure {
        ReportStore store = storeProvider.get();
        Tracker tracker = TrackerNames.trackers(store, List.of(name)).get(0);
        TrackerChanges.require(name, store.trackers().rename(tracker.id(), newName));
        out().println(name + " is called " + newName + " now.");
        return ExitCode.DONE;
    }
}

package org.trackerreports.tools.tracker;

import java.util.List;
import org.trackerreports.fetcher.ExitCode;
import org.trackerreports.fetcher.wiring.Application;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.Tracker;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.ToolCommand;
import org.trackerreports.tools.command.TrackerSelection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Fetches no reports of trackers any more; what is stored stays. */
@Command(
        name = "disable",
        description = "Fetches no reports of trackers any more; what is stored stays.",
        footer = {"", "Example: findmy tools trackers disable Bike"})
final class TrackersDisableCommand extends ToolCommand {

    @Mixin
    private TrackerSelection choice;

    @Override
    protected int run(Application application) throws CommandFailure {
        ReportStore store = application.get(ReportStore.class);
        List<Tracker> trackers = choice.trackers(store);
        for (Tracker tracker : trackers) {
            Changes.require(tracker.name(), store.trackers().setEnabled(tracker.id(), false));
        }
        out().println(trackers.size() + " disabled.");
        return ExitCode.DONE;
    }
}

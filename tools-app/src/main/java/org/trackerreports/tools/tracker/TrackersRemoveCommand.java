package org.trackerreports.tools.tracker;

import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.report.ReportSelection;
import org.trackerreports.store.tracker.Tracker;
import org.trackerreports.tools.command.CommandContext;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.ToolCommand;
import org.trackerreports.tools.command.TrackerSelection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Removes some. */
@Command(
        name = "remove",
        description = {
            "Removes trackers and their keys.",
            "Their reports stay, and become a tracker's again that is imported with the same keys;"
                    + " --with-reports removes them, too. Says what it would do, and does it with --yes."
        },
        footer = {"", "Example: findmy tools trackers remove \"Old bike\" --with-reports --yes"})
final class TrackersRemoveCommand extends ToolCommand implements Callable<Integer> {

    @Mixin
    private TrackerSelection choice;

    @Option(names = "--with-reports", description = "Removes their reports and history, too. Nothing brings them back.")
    private boolean withReports;

    @Option(names = "--yes", description = "Does it.")
    private boolean yes;

    private final Provider<ReportStore> storeProvider;

    @Inject
    TrackersRemoveCommand(CommandContext context, Provider<ReportStore> storeProvider) {
        super(context);
        this.storeProvider = storeProvider;
    }

    @Override
    public Integer call() throws CommandFailure {
        ReportStore store = storeProvider.get();
        List<Tracker> trackers = choice.trackers(store);
        if (!yes) {
            for (Tracker tracker : trackers) {
                long reports = reports(store, tracker);
                out().println("would remove " + tracker.name() + (withReports ? " with its " : "; would keep its ")
                        + reports + " reports");
            }
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "Nothing was removed. The keys are removed with the tracker, so keep a copy of them (findmy tools"
                            + " trackers export); then add --yes.");
        }
        for (Tracker tracker : trackers) {
            store.trackers().remove(tracker.id(), withReports);
        }
        out().println(trackers.size() + " removed" + (withReports ? " with their reports." : "; their reports stay."));
        return ExitCode.DONE;
    }

    private static long reports(ReportStore store, Tracker tracker) {
        ReportSelection every = ReportSelection.all(ReportSelection.Which.WITH_PAYLOAD);
        return store.reports()
                .count(new ReportSelection(every.which(), Set.of(tracker.id()), every.from(), every.to()));
    }
}

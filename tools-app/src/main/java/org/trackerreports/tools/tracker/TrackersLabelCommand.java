package org.trackerreports.tools.tracker;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trackerreports.fetcher.ExitCode;
import org.trackerreports.fetcher.wiring.Application;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.Tracker;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.ToolCommand;
import org.trackerreports.tools.command.TrackerSelection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Sets and takes away labels. */
@Command(
        name = "label",
        description = "Sets labels of trackers and takes labels away; the rest stays.",
        footer = {"", "Example: findmy tools trackers label Bike Van --set client=acme --remove colour"})
final class TrackersLabelCommand extends ToolCommand {

    @Mixin
    private TrackerSelection choice;

    @Option(names = "--set", paramLabel = "NAME=VALUE", description = "A label to set; may be repeated.")
    private Map<String, String> set = new LinkedHashMap<>();

    @Option(names = "--remove", paramLabel = "NAME", description = "A label to take away; may be repeated.")
    private List<String> remove = List.of();

    @Override
    protected int run(Application application) throws CommandFailure {
        if (set.isEmpty() && remove.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.USAGE, "Say what to change: --set NAME=VALUE, --remove NAME, or several of them.");
        }
        ReportStore store = application.get(ReportStore.class);
        List<Tracker> trackers = choice.trackers(store);
        for (Tracker tracker : trackers) {
            Changes.require(tracker.name(), store.trackers().changeLabels(tracker.id(), set, remove));
        }
        out().println(trackers.size() + " changed.");
        return ExitCode.DONE;
    }
}
